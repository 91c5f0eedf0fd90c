using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>Begin, allocate, end: what a request costs.</summary>
internal static unsafe class Requests
{
    private static readonly RequestScopeOptions s_ambient = new() { MemoryLimit = 128 << 20 };
    private static readonly RequestScopeOptions s_explicit = new() { MemoryLimit = 128 << 20, Ambient = false };
    private static readonly AsyncLocal<object?> s_local = new();
    private static readonly object s_value = new();

    public static void Run(Report report)
    {
        if (report.Section("request of 1000 x 64 bytes, begin and end included, per block"))
        {
            double[] ns = Measurement.Interleaved(200, n => Pair(n * 1000), n => Blocks(s_ambient, n, 1000), n => Blocks(s_explicit, n, 1000));
            double r = ns[0] / 1000;
            report.Line("NativeMemory pair (R)", r, r);
            report.Line("ambient scope", ns[1] / 1000, r);
            report.Line("scope that is not ambient", ns[2] / 1000, r);
            report.Bar("request, per block", ns[2] / ns[0], 0.35, 0.20);
        }

        if (report.Section("begin and end"))
        {
            double[] ns = Measurement.Interleaved(20_000, Pair, n => Blocks(s_ambient, n, 0), n => Blocks(s_explicit, n, 0), n => Blocks(s_explicit, n, 1), SetAndClear);
            double r = ns[0];
            report.Line("NativeMemory pair (R)", r, r);
            report.Line("ambient scope, empty", ns[1], r);
            report.Line("scope that is not ambient, empty", ns[2], r);
            report.Line("scope that is not ambient, one block", ns[3], r);
            report.Line("AsyncLocal set and clear", ns[4], r);
            report.Bar("begin and end, ambient", ns[1] / r, 24, 12);
            report.Bar("begin and end, not ambient", ns[2] / r, 10, 5);
        }
    }

    private static void Pair(int n)
    {
        for (int i = 0; i < n; i++)
        {
            byte* block = (byte*)NativeMemory.Alloc(64);
            *block = 1;
            NativeMemory.Free(block);
        }
    }

    private static void Blocks(RequestScopeOptions options, int n, int blocks)
    {
        for (int k = 0; k < n; k++)
        {
            using var scope = RequestScope.Begin(options);
            for (int i = 0; i < blocks; i++)
            {
                *(byte*)scope.Emalloc(64) = 1;
            }
        }
    }

    private static void SetAndClear(int n)
    {
        for (int i = 0; i < n; i++)
        {
            s_local.Value = s_value;
            s_local.Value = null;
        }
    }
}
