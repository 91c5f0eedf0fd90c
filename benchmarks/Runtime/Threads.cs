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
        Together(Request, 2);
        Together(Native, 2);
        Thread.Sleep(200);
        Timing[] ours = Measurement.Interleaved(Rounds, [() => Together(Request, 1), () => Together(Request, 2)]);
        Timing[] native = Measurement.Interleaved(Rounds, [() => Together(Native, 1), () => Together(Native, 2)]);
        report.Line("one thread, per pair", ours[0]);
        report.Line("two threads, per pair", ours[1]);
        report.Line("NativeMemory, one thread, per pair", native[0]);
        report.Line("NativeMemory, two threads, per pair", native[1]);
        report.Bar("slow-down by the second thread", ours[1].Ratio, 1.5, 1.15);
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
