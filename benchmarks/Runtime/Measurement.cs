namespace LifetimeAnalyzers.Benchmarks;

/// <summary>One thing to time: runs its operation that many times.</summary>
internal delegate void Loop(int iterations);

/// <summary>
/// Times several things against one another: interleaved rounds, medians. In processor time of the process: what other
/// programs on the machine take away does not count.
/// </summary>
internal static class Measurement
{
    private const int WarmUpCalls = 160;
    private const int Rounds = 15;

    /// <summary>Nanoseconds per operation of each loop.</summary>
    public static double[] Interleaved(int iterations, params Loop[] loops)
    {
        for (int i = 0; i < WarmUpCalls; i++)
        {
            foreach (Loop loop in loops)
            {
                loop(Math.Max(1, iterations / 200));
            }

            if (i % 40 == 39)
            {
                Thread.Sleep(150); // lets the compiler's background thread catch up
            }
        }

        double[][] times = [.. loops.Select(_ => new double[Rounds])];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < loops.Length; i++)
            {
                TimeSpan start = Environment.CpuUsage.TotalTime;
                loops[i](iterations);
                times[i][round] = (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / iterations;
            }
        }

        return [.. times.Select(Median)];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
