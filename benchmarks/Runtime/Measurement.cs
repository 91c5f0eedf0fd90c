namespace LifetimeAnalyzers.Benchmarks;

/// <summary>One thing to time: runs its operation that many times.</summary>
internal delegate void Loop(int iterations);

/// <summary>What an operation takes: nanoseconds, and the part of what the reference takes at the same time.</summary>
internal readonly record struct Timing(double Nanoseconds, double Ratio)
{
    /// <summary>The same of one in so many.</summary>
    public Timing Per(int count) => this with { Nanoseconds = Nanoseconds / count };
}

/// <summary>
/// Times several things against one another: interleaved rounds, medians. In processor time of the process: what other
/// programs on the machine take away does not count. Processors that share a core still slow one another down, by half and
/// for some milliseconds or minutes; so each measurement is compared with what the reference took right before and right
/// after it, and the medians are those of the ratios. Medians of the times alone would now and then divide a fast one by a
/// slow one.
/// </summary>
internal static class Measurement
{
    private const int WarmUpCalls = 160;
    private const int Rounds = 31;

    /// <summary>What an operation of each loop takes; the first is the reference.</summary>
    public static Timing[] Interleaved(int iterations, params Loop[] loops)
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

        return Interleaved(Rounds, [.. loops.Select(loop => (Func<double>)(() => Time(loop, iterations)))]);
    }

    /// <summary>The same of anything that tells the nanoseconds that one operation took.</summary>
    public static Timing[] Interleaved(int rounds, Func<double>[] cases)
    {
        double[][] times = [.. cases.Select(_ => new double[rounds])];
        double[][] ratios = [.. cases.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            double before = cases[0]();
            times[0][round] = before;
            ratios[0][round] = 1;
            for (int i = 1; i < cases.Length; i++)
            {
                times[i][round] = cases[i]();
                double after = cases[0]();
                ratios[i][round] = times[i][round] / ((before + after) / 2);
                before = after;
            }
        }

        return [.. times.Zip(ratios, (t, r) => new Timing(Median(t), Median(r)))];
    }

    private static double Time(Loop loop, int iterations)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        loop(iterations);
        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / iterations;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
