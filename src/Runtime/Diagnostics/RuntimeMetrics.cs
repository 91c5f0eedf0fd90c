using System.Diagnostics.Metrics;

namespace LifetimeAnalyzers;

/// <summary>The runtime's instruments, meter <c>LifetimeAnalyzers</c>; read them with <c>dotnet-counters</c> or OpenTelemetry.</summary>
internal static unsafe class RuntimeMetrics
{
    private static readonly Meter s_meter = new("LifetimeAnalyzers");

    /// <summary>Allocations that hit a limit.</summary>
    public static readonly Counter<long> LimitExceeded =
        s_meter.CreateCounter<long>("lifetime.memory.limit_exceeded", "{allocation}", "Allocations that hit the memory limit of their request scope.");

    /// <summary>Blocks that debug scopes ended with.</summary>
    public static readonly Counter<long> Leaks =
        s_meter.CreateCounter<long>("lifetime.memory.leaked_blocks", "{block}", "Blocks that request scopes in debug mode ended with.");

    /// <summary>Scopes that were not ended.</summary>
    public static readonly Counter<long> Forgotten =
        s_meter.CreateCounter<long>("lifetime.scopes.forgotten", "{sub-heap}", "Sub-heaps whose request scope was collected without having been ended.");

    static RuntimeMetrics()
    {
        s_meter.CreateObservableGauge("lifetime.memory.used", () => Sum(static heap => heap->LiveBytes), "By", "Request memory in use.");
        s_meter.CreateObservableGauge("lifetime.memory.real", () => Sum(static heap => Volatile.Read(ref heap->Real)), "By", "Request memory held by scopes, in whole chunks and mappings.");
        s_meter.CreateObservableGauge("lifetime.memory.cached", () => Retention.CachedBytes, "By", "Free memory kept ready.");
        s_meter.CreateObservableGauge("lifetime.memory.peak", () => Retention.PeakBytes, "By", "The most that scopes held at once since the process began.");
        s_meter.CreateObservableCounter("lifetime.memory.returned", () => Retention.Releases, "{return}", "How often memory was given back to the system.");
        s_meter.CreateObservableGauge("lifetime.subheaps", () => Sum(static _ => 1), "{sub-heap}", "Sub-heaps in use: one for every request scope with memory, and for every thread that works for it at the same time.");
    }

    /// <summary>Makes the instruments visible to listeners.</summary>
    public static void EnsureCreated()
    {
    }

    private delegate long Measure(SubHeap* heap);

    private static long Sum(Measure measure)
    {
        long sum = 0;
        for (SubHeap* heap = SubHeap.All; heap != null; heap = heap->AllNext)
        {
            if (Volatile.Read(ref heap->Holder) != SubHeap.Pooled)
            {
                sum += measure(heap);
            }
        }

        return sum;
    }
}
