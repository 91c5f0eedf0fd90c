using System.Diagnostics;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>Two threads in one scope.</summary>
internal static class Threads
{
    private const int Pairs = 2_000_000;

    public static void Run(Report report)
    {
        if (!report.Section("threads in one scope"))
        {
            return;
        }

        if (Environment.ProcessorCount < 2)
        {
            report.Note("skipped: one processor");
            return;
        }

        using var scope = RequestScope.Begin();
        double[] one = new double[7];
        double[] two = new double[7];
        Loop();
        for (int round = 0; round < one.Length; round++)
        {
            one[round] = Together(1);
            two[round] = Together(2);
        }

        Array.Sort(one);
        Array.Sort(two);
        report.Line("one thread, per pair", one[3], one[3]);
        report.Line("two threads, per pair and thread", two[3], one[3]);
        report.Bar("slow-down by the second thread", two[3] / one[3], 1.5, 1.15);
    }

    private static double Together(int count)
    {
        double[] ns = new double[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(t => new Thread(() => ns[t] = Loop()))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return ns.Max();
    }

    private static double Loop()
    {
        long start = Stopwatch.GetTimestamp();
        for (int k = 0; k < Pairs / 1000; k++)
        {
            Inner();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Pairs;
    }

    private static void Inner()
    {
        for (int i = 0; i < 1000; i++)
        {
            Heap.Efree(Heap.Emalloc(64));
        }
    }
}
