using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>What it costs to watch.</summary>
internal static unsafe class Diagnostics
{
    private static long s_events;

    public static void Run(Report report)
    {
        if (!report.Section("diagnostics, pair of 64 bytes"))
        {
            return;
        }

        using var debug = RequestScope.Begin(new RequestScopeOptions { Debug = true, Ambient = false });
        using var traced = RequestScope.Begin(new RequestScopeOptions { Trace = true, Ambient = false, OnTrace = static _ => s_events++ });
        using var counted = RequestScope.Begin(new RequestScopeOptions { CollectStatistics = true, Ambient = false });
        Timing[] times = Measurement.Interleaved(50_000, Native, n => Pair(debug, n), n => Pair(traced, n), n => Pair(counted, n));
        report.Line("NativeMemory (R)", times[0]);
        report.Line("debug", times[1]);
        report.Line("trace to a delegate", times[2]);
        report.Line("statistics", times[3]);
        report.Bar("debug pair", times[1].Ratio, 2.0, 1.2);
        report.Bar("trace, per event", times[2].Ratio / 2, 8, 4);
    }

    private static void Native(int n)
    {
        for (int i = 0; i < n; i++)
        {
            byte* block = (byte*)NativeMemory.Alloc(64);
            *block = 1;
            NativeMemory.Free(block);
        }
    }

    private static void Pair(RequestScope scope, int n)
    {
        for (int i = 0; i < n; i++)
        {
            nint block = scope.Emalloc(64);
            *(byte*)block = 1;
            scope.Efree(block);
        }
    }
}
