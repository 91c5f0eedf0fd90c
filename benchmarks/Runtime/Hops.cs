using System.Diagnostics;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>What a scope adds to an await that goes over the thread pool.</summary>
internal static class Hops
{
    private const int Count = 20_000;
    private static readonly AsyncLocal<object?> s_local = new();

    public static async Task Run(Report report)
    {
        if (!report.Section("await hops"))
        {
            return;
        }

        var rounds = new List<double[]>();
        for (int round = 0; round < 9; round++)
        {
            double plain = await Plain();
            double idle = await Scoped(allocate: false);
            double pair = await Scoped(allocate: true);
            rounds.Add([plain, idle, pair]);
        }

        double[] ns = [.. Enumerable.Range(0, 3).Select(i => rounds.Skip(2).Select(r => r[i]).Order().ElementAt(3))];
        report.Line("hop with a plain AsyncLocal set", ns[0], ns[0]);
        report.Line("hop with a scope", ns[1], ns[0]);
        report.Line("hop with a scope and one pair", ns[2], ns[0]);
        report.Bar("hop with a scope", ns[1] / ns[0], 1.7, 1.3);
        report.Bar("hop with a scope and one pair", ns[2] / ns[0], 2.5, 1.7);
    }

    private static async Task<double> Plain()
    {
        s_local.Value = new object();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++)
        {
            await Task.Yield();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count;
    }

    private static async Task<double> Scoped(bool allocate)
    {
        using var scope = RequestScope.Begin();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++)
        {
            await Task.Yield();
            if (allocate)
            {
                Heap.Efree(Heap.Emalloc(64));
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count;
    }
}
