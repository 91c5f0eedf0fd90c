namespace LifetimeAnalyzers.Benchmarks;

/// <summary>What a scope adds to an await that goes over the thread pool.</summary>
internal static class Hops
{
    private const int Count = 20_000;
    private const int Rounds = 31;
    private static readonly AsyncLocal<object?> s_local = new();

    public static async Task Run(Report report)
    {
        if (!report.Section("await hops"))
        {
            return;
        }

        Func<double>[] cases = [() => Plain().Result, () => Scoped(allocate: false).Result, () => Scoped(allocate: true).Result];
        Timing[] times = await Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < 4; i++)
                {
                    Measurement.Interleaved(2, cases);
                    Thread.Sleep(150); // lets the compiler's background thread catch up
                }

                return Measurement.Interleaved(Rounds, cases);
            },
            TaskCreationOptions.LongRunning); // waits on a thread that the pool does not miss
        report.Line("hop with a plain AsyncLocal set", times[0]);
        report.Line("hop with a scope", times[1]);
        report.Line("hop with a scope and one pair", times[2]);
        report.Bar("hop with a scope", times[1].Ratio, 1.7, 1.3);
        report.Bar("hop with a scope and one pair", times[2].Ratio, 2.5, 1.7);
    }

    private static async Task<double> Plain()
    {
        s_local.Value = new object();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < Count; i++)
        {
            await Task.Yield();
        }

        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / Count;
    }

    private static async Task<double> Scoped(bool allocate)
    {
        using var scope = RequestScope.Begin();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < Count; i++)
        {
            await Task.Yield();
            if (allocate)
            {
                Heap.Efree(Heap.Emalloc(64));
            }
        }

        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / Count;
    }
}
