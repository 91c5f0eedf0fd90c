using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>Allocate, touch, release; one size after the other.</summary>
internal static unsafe class Pairs
{
    private static readonly RequestScopeOptions s_limited = new() { MemoryLimit = 128 << 20 };

    private static readonly Mimalloc? s_mimalloc = Mimalloc.TryLoad();

    public static void Run(Report report)
    {
        foreach (int size in (int[])[16, 64, 256, 1024, 4096, 65536, 2 << 20])
        {
            if (!report.Section($"pair {size}"))
            {
                continue;
            }

            int iterations = size >= 65536 ? 20_000 : 200_000;
            using var scope = RequestScope.Begin(s_limited);
            scope.Efree(scope.Emalloc(size));
            double[] ns = Measurement.Interleaved(
                iterations,
                n => Native(n, size),
                n => Explicit(scope, n, size),
                n => ExplicitCalled(scope, n, size),
                n => Ambient(n, size),
                n => AmbientCalled(n, size),
                n => Malloc(n, size),
                n => HGlobal(n, size),
                n => Pool(n, size),
                n => Array(n, size));
            double r = ns[0];
            report.Line("NativeMemory (R)", r, r);
            report.Line("scope.Emalloc/Efree, limit, checked", ns[1], r);
            report.Line("scope.Emalloc/Efree as calls", ns[2], r);
            report.Line("Heap.Emalloc/Efree, limit, checked", ns[3], r);
            report.Line("Heap.Emalloc/Efree as calls", ns[4], r);
            report.Line("Heap.Malloc/Free", ns[5], r);
            report.Line("Marshal.AllocHGlobal", ns[6], r);
            report.Line("ArrayPool<byte>.Shared", ns[7], r);
            report.Line("new byte[]", ns[8], r);
            if (s_mimalloc is { } mimalloc)
            {
                report.Line("mimalloc", Measurement.Interleaved(iterations, n => mimalloc.Pair(n, size))[0], r);
            }
            else
            {
                report.Note("mimalloc: not on this machine, skipped");
            }

            if (size == 64)
            {
                report.Bar("explicit pair with limit", ns[1] / r, 0.40, 0.25);
                report.Bar("explicit pair with limit, real calls", ns[2] / r, 0.60, 0.45);
                report.Bar("ambient pair with limit", ns[3] / r, 0.60, 0.45);
                report.Bar("ambient pair with limit and pointer validation", ns[3] / r, 0.90, 0.65);
                report.Bar("Malloc pair", ns[5] / r, 1.15, 1.05);
            }
            else if (size == 2 << 20)
            {
                report.Bar("2 MiB pair", ns[3] / r, 1.0, 0.4);
            }
        }
    }

    private static void Native(int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            byte* block = (byte*)NativeMemory.Alloc((nuint)size);
            *block = 1;
            NativeMemory.Free(block);
        }
    }

    private static void Explicit(RequestScope scope, int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            nint block = scope.Emalloc(size);
            *(byte*)block = 1;
            scope.Efree(block);
        }
    }

    private static void ExplicitCalled(RequestScope scope, int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            nint block = Allocate(scope, size);
            *(byte*)block = 1;
            Release(scope, block);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Allocate(RequestScope scope, int size) => scope.Emalloc(size);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Release(RequestScope scope, nint block) => scope.Efree(block);

    private static void Ambient(int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            nint block = Heap.Emalloc(size);
            *(byte*)block = 1;
            Heap.Efree(block);
        }
    }

    private static void AmbientCalled(int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            nint block = AllocateAmbient(size);
            *(byte*)block = 1;
            ReleaseAmbient(block);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint AllocateAmbient(int size) => Heap.Emalloc(size);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReleaseAmbient(nint block) => Heap.Efree(block);

    private static void Malloc(int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            nint block = Heap.Malloc(size);
            *(byte*)block = 1;
            Heap.Free(block);
        }
    }

    private static void HGlobal(int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            nint block = Marshal.AllocHGlobal(size);
            *(byte*)block = 1;
            Marshal.FreeHGlobal(block);
        }
    }

    private static void Pool(int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            byte[] block = ArrayPool<byte>.Shared.Rent(size);
            block[0] = 1;
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static void Array(int n, int size)
    {
        for (int i = 0; i < Math.Min(n, 2_000_000_000 / size); i++)
        {
            byte[] block = new byte[size];
            block[0] = 1;
            GC.KeepAlive(block);
        }
    }
}
