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
            Timing[] times = Measurement.Interleaved(
                iterations,
                n => Native(n, size),
                n => Explicit(scope, n, size),
                n => ExplicitCalled(scope, n, size),
                n => Ambient(n, size),
                n => AmbientCalled(n, size),
                n => Malloc(n, size),
                n => HGlobal(n, size),
                n => Pool(n, size));
            report.Line("NativeMemory (R)", times[0]);
            report.Line("scope.Emalloc/Efree, limit, checked", times[1]);
            report.Line("scope.Emalloc/Efree as calls", times[2]);
            report.Line("Heap.Emalloc/Efree, limit, checked", times[3]);
            report.Line("Heap.Emalloc/Efree as calls", times[4]);
            report.Line("Heap.Malloc/Free", times[5]);
            report.Line("Marshal.AllocHGlobal", times[6]);
            report.Line("ArrayPool<byte>.Shared", times[7]);
            report.Line("new byte[]", Measurement.Interleaved(Math.Min(iterations, 100_000_000 / size), n => Native(n, size), n => Array(n, size))[1]);
            if (s_mimalloc is { } mimalloc)
            {
                report.Line("mimalloc", Measurement.Interleaved(iterations, n => Native(n, size), n => mimalloc.Pair(n, size))[1]);
            }
            else
            {
                report.Note("mimalloc: not on this machine, skipped");
            }

            if (size == 64)
            {
                report.Bar("explicit pair with limit", times[1].Ratio, 0.40, 0.25);
                report.Bar("explicit pair with limit, real calls", times[2].Ratio, 0.60, 0.45);
                report.Bar("ambient pair with limit", times[3].Ratio, 0.60, 0.45);
                report.Bar("ambient pair with limit and pointer validation", times[3].Ratio, 0.90, 0.65);
                report.Bar("Malloc pair", times[5].Ratio, 1.15, 1.05);
            }
            else if (size == 2 << 20)
            {
                report.Bar("2 MiB pair", times[3].Ratio, 1.0, 0.4);
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
        for (int i = 0; i < n; i++)
        {
            byte[] block = new byte[size];
            block[0] = 1;
            GC.KeepAlive(block);
        }
    }
}
