using System.Buffers;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>A thousand allocations, then a thousand releases.</summary>
internal static unsafe class Batches
{
    public static void Run(Report report)
    {
        foreach (int size in (int[])[16, 64, 256, 1024, 4096, 65536])
        {
            if (!report.Section($"batch {size}"))
            {
                continue;
            }

            int count = size >= 65536 ? 200 : 1000;
            nint* blocks = (nint*)NativeMemory.Alloc((nuint)(count * sizeof(nint)));
            byte[][] arrays = new byte[count][];
            using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 128 << 20 });
            Timing[] times = Measurement.Interleaved(
                size >= 65536 ? 20 : 200_000 / count,
                n => Native(n, size, count, blocks),
                n => Explicit(scope, n, size, count, blocks),
                n => Ambient(n, size, count, blocks),
                n => Pool(n, size, count, arrays));
            report.Line("NativeMemory (R)", times[0].Per(count));
            report.Line("scope.Emalloc/Efree", times[1].Per(count));
            report.Line("Heap.Emalloc/Efree", times[2].Per(count));
            report.Line("ArrayPool<byte>.Shared", times[3].Per(count));
            if (size <= 1024)
            {
                report.Bar("batch, explicit", times[1].Ratio, 0.22, 0.14);
            }
            else
            {
                report.Bar("batch, explicit", times[1].Ratio, size == 4096 ? 0.5 : 1.2, size == 4096 ? 0.3 : 0.35);
            }

            NativeMemory.Free(blocks);
        }
    }

    private static void Native(int n, int size, int count, nint* blocks)
    {
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < count; i++)
            {
                blocks[i] = (nint)NativeMemory.Alloc((nuint)size);
                *(byte*)blocks[i] = 1;
            }

            for (int i = 0; i < count; i++)
            {
                NativeMemory.Free((void*)blocks[i]);
            }
        }
    }

    private static void Explicit(RequestScope scope, int n, int size, int count, nint* blocks)
    {
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < count; i++)
            {
                blocks[i] = scope.Emalloc(size);
                *(byte*)blocks[i] = 1;
            }

            for (int i = 0; i < count; i++)
            {
                scope.Efree(blocks[i]);
            }
        }
    }

    private static void Ambient(int n, int size, int count, nint* blocks)
    {
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < count; i++)
            {
                blocks[i] = Heap.Emalloc(size);
                *(byte*)blocks[i] = 1;
            }

            for (int i = 0; i < count; i++)
            {
                Heap.Efree(blocks[i]);
            }
        }
    }

    private static void Pool(int n, int size, int count, byte[][] arrays)
    {
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < count; i++)
            {
                arrays[i] = ArrayPool<byte>.Shared.Rent(size);
                arrays[i][0] = 1;
            }

            for (int i = 0; i < count; i++)
            {
                ArrayPool<byte>.Shared.Return(arrays[i]);
            }
        }
    }
}
