using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>
/// Two threads in one scope. In processor time of the process, which grows when they hinder one another, and not when other
/// programs keep one of them waiting.
/// </summary>
internal static unsafe class Threads
{
    private const int Pairs = 2_000_000;
    private const int Rounds = 9;

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
        (Action Loop, int Threads)[] cases = [(Request, 1), (Request, 2), (Native, 1), (Native, 2)];
        double[][] ns = [.. cases.Select(_ => new double[Rounds])];
        Array.ForEach(cases, c => Together(c.Loop, c.Threads));
        Thread.Sleep(200);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < cases.Length; i++)
            {
                ns[i][round] = Together(cases[i].Loop, cases[i].Threads);
            }
        }

        double[] median = [.. ns.Select(times => times.Order().ElementAt(Rounds / 2))];
        report.Line("one thread, per pair", median[0], median[0]);
        report.Line("two threads, per pair", median[1], median[0]);
        report.Line("NativeMemory, one thread, per pair", median[2], median[2]);
        report.Line("NativeMemory, two threads, per pair", median[3], median[2]);
        report.Bar("slow-down by the second thread", median[1] / median[0], 1.5, 1.15);
    }

    private static double Together(Action loop, int count)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() => loop()))];
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / ((double)Pairs * count);
    }

    private static void Request()
    {
        for (int k = 0; k < Pairs / 1000; k++)
        {
            for (int i = 0; i < 1000; i++)
            {
                Heap.Efree(Heap.Emalloc(64));
            }
        }
    }

    private static void Native()
    {
        for (int k = 0; k < Pairs / 1000; k++)
        {
            for (int i = 0; i < 1000; i++)
            {
                NativeMemory.Free(NativeMemory.Alloc(64));
            }
        }
    }
}
