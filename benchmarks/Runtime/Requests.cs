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
            Timing[] times = Measurement.Interleaved(200, n => Pair(n * 1000), n => Blocks(s_ambient, n, 1000), n => Blocks(s_explicit, n, 1000));
            report.Line("NativeMemory pair (R)", times[0].Per(1000));
            report.Line("ambient scope", times[1].Per(1000));
            report.Line("scope that is not ambient", times[2].Per(1000));
            report.Bar("request, per block", times[2].Ratio, 0.35, 0.20);
        }

        if (report.Section("begin and end"))
        {
            Timing[] times = Measurement.Interleaved(20_000, Pair, n => Blocks(s_ambient, n, 0), n => Blocks(s_explicit, n, 0), n => Blocks(s_explicit, n, 1), SetAndClear);
            report.Line("NativeMemory pair (R)", times[0]);
            report.Line("ambient scope, empty", times[1]);
            report.Line("scope that is not ambient, empty", times[2]);
            report.Line("scope that is not ambient, one block", times[3]);
            report.Line("AsyncLocal set and clear", times[4]);
            report.Bar("begin and end, ambient", times[1].Ratio, 24, 12);
            report.Bar("begin and end, not ambient", times[2].Ratio, 10, 5);
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
