using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;

namespace LifetimeAnalyzers.Tests.Native;

/// <summary>The runtime: limit, wrong releases, leak report, trace, statistics, faults, metrics.</summary>
internal static class Memory
{
    public static void Run()
    {
        LimitAndWrongReleases();
        LeaksAndTrace();
        Faults();
        Meters();
    }

    private static void LimitAndWrongReleases()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1 << 20 });
        nint block = Heap.Emalloc(100);
        Check.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(2 << 20), "the limit holds");
        Task.Run(() => Heap.Efree(block)).Wait();
        Check.Throws<InvalidFreeException>(() => Heap.Efree(block), "a second release is refused");
        Check.Throws<InvalidFreeException>(() => scope.Efree(12345), "what is no block is refused");
        Heap.EmallocSpan<int>(1000).Fill(1);
        Heap.EmallocMemory<byte>(100_000).Span.Fill(1);
        nint outlives = scope.Promote(Heap.Emalloc(1000));
        Check.That(scope.GetUsage() == Heap.RoundedSize(4000) + Heap.RoundedSize(100_000), "usage is counted");
        Heap.Free(outlives);
    }

    private static void LeaksAndTrace()
    {
        var leaks = new List<LeakReport>();
        var calls = new List<MemoryTraceEvent>();
        using var events = new Events();
        using (var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true, Trace = true, CollectStatistics = true, OnLeaks = leaks.Add, OnTrace = calls.Add }))
        {
            Heap.Efree(Heap.Emalloc(10));
            Heap.Ecalloc(2, 20);
            Check.That(scope.Statistics.Count(MemoryFunction.Ecalloc) == 1, "statistics are kept");
        }

        Check.That(leaks.Single() is { TotalBlocks: 1, TotalBytes: 40 }, "the leak is reported");
        Check.That(calls.Select(call => call.Function).SequenceEqual([MemoryFunction.Emalloc, MemoryFunction.Efree, MemoryFunction.Ecalloc]), "calls are traced");
        Check.That(events.Seen is 4, "events are written");
    }

    private static void Faults()
    {
        FaultRunReport report = ExhaustiveFaults.Run(() =>
        {
            nint first = Heap.Emalloc(10);
            try
            {
                Heap.Efree(Heap.Emalloc(20));
            }
            finally
            {
                Heap.Efree(first);
            }
        });
        Check.That(report is { Succeeded: true, Runs: 3 }, "every allocation may fail");
    }

    private static void Meters()
    {
        long used = -1;
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, l) =>
        {
            if (instrument.Name == "lifetime.memory.used")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => used = value);
        listener.Start();
        using var scope = RequestScope.Begin();
        Heap.Emalloc(1 << 20);
        listener.RecordObservableInstruments();
        Check.That(used == 1 << 20, "the meter shows usage");
    }

    private sealed class Events : EventListener
    {
        public int Seen { get; private set; }

        public Events() => EnableEvents(RuntimeEventSource.Log, EventLevel.Verbose, EventKeywords.All);

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => Seen++;
    }
}
