namespace LifetimeAnalyzers;

/// <summary>The rarer settings of a scope, copied when it begins, and what is counted of it beyond its sub-heaps.</summary>
internal sealed class ScopeInstruments : IDisposable
{
    private static int s_watchingProcessCalls;

    private readonly bool _watchesProcessCalls;

    public ScopeInstruments(RequestScopeOptions options)
    {
        OnLeaks = options.OnLeaks;
        OnTrace = options.OnTrace;
        OnCleanupError = options.OnCleanupError;
        OnGrowth = options.OnGrowth;
        GrowthAlarm = options.GrowthAlarm;
        MaxRequests = options.MaxRequests;
        MaxRequestsGrace = options.MaxRequestsGrace;
        Trace = options.Trace;
        Statistics = options.CollectStatistics;
        StartOver();
        Faults = options.FaultInjection is { } faults ? new FaultInjector(faults) : null;
        _watchesProcessCalls = options.Ambient && (Trace || Statistics || Faults is not null);
        if (_watchesProcessCalls)
        {
            Interlocked.Increment(ref s_watchingProcessCalls);
        }
    }

    /// <summary>Whether any scope wants to see <c>Malloc</c> and its like.</summary>
    public static bool AnyWatchesProcessCalls => s_watchingProcessCalls != 0;

    /// <summary>Persistent scopes: rises when the scope is recycled.</summary>
    public int Generation;

    /// <summary>Texts that were copied; changed atomically.</summary>
    public long Texts;

    /// <summary>Persistent scopes: requests since the scope began or was recycled.</summary>
    public int Requests;

    /// <summary>Persistent scopes: bytes in use after the first request, or at the last alarm.</summary>
    public long Baseline { get; set; }

    /// <summary>Persistent scopes: after how many requests it is recycled; 0 for never.</summary>
    public int RecycleAfter { get; private set; }

    public Action<LeakReport>? OnLeaks { get; private set; }

    public Action<MemoryTraceEvent>? OnTrace { get; private set; }

    public Action<Exception>? OnCleanupError { get; private set; }

    public Action<GrowthAlarm>? OnGrowth { get; private set; }

    public long GrowthAlarm { get; }

    public int MaxRequests { get; }

    public int MaxRequestsGrace { get; }

    public bool Trace { get; }

    public bool Statistics { get; }

    public FaultInjector? Faults { get; }

    /// <summary>Calls by function, of sub-heaps that are gone and of process memory; changed atomically.</summary>
    public long[] Counts { get; } = new long[8];

    /// <summary>Bytes by function, likewise.</summary>
    public long[] Amounts { get; } = new long[8];

    /// <summary>Whether such a scope needs one of these.</summary>
    public static bool Needed(RequestScopeOptions options) =>
        options.Debug || options.Trace || options.CollectStatistics || options.FaultInjection is not null || options.MaxRequests != 0
        || options.GrowthAlarm != 0 || options.OnLeaks is not null || options.OnCleanupError is not null;

    /// <summary>Begins to count requests anew.</summary>
    public void StartOver()
    {
        Volatile.Write(ref Requests, 0);
        Baseline = 0;
        RecycleAfter = MaxRequests <= 0 ? 0 : MaxRequests + (MaxRequestsGrace <= 0 ? 0 : Random.Shared.Next(MaxRequestsGrace + 1));
    }

    /// <summary>Lets go of what belongs to the request: code that outlives it, such as a timer, may keep the scope.</summary>
    public void Dispose()
    {
        OnLeaks = null;
        OnTrace = null;
        OnCleanupError = null;
        OnGrowth = null;
        if (_watchesProcessCalls)
        {
            Interlocked.Decrement(ref s_watchingProcessCalls);
        }
    }
}
