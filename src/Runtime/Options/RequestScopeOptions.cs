namespace LifetimeAnalyzers;

/// <summary>
/// How a request scope behaves. Read once, when the scope begins; later changes act on later scopes. One instance may
/// serve any number of scopes.
/// </summary>
public sealed class RequestScopeOptions
{
    /// <summary>No limit, for <see cref="MemoryLimit"/>.</summary>
    public const long Unlimited = -1;

    /// <summary>A name for messages and reports, such as <c>GET /orders</c>; may be null.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Bytes of request memory that may be in use at once, blocks rounded up to their size class;
    /// <see cref="Unlimited"/> for no limit. A nested scope is also charged to the scopes around it.
    /// </summary>
    public long MemoryLimit { get; set; } = RuntimeDefaults.MemoryLimit;

    /// <summary>
    /// Keeps the call site of every block, reports what was not released when the scope ends, poisons released memory,
    /// guards the bytes around blocks, and names wrong and double frees with the place of the allocation.
    /// </summary>
    public bool Debug { get; set; } = RuntimeDefaults.Debug;

    /// <summary>Writes an event for every memory call (<see cref="RuntimeEventSource"/>), and to <see cref="OnTrace"/>.</summary>
    public bool Trace { get; set; } = RuntimeDefaults.Trace;

    /// <summary>Counts calls and bytes per function in <see cref="RequestScope.Statistics"/>.</summary>
    public bool CollectStatistics { get; set; } = RuntimeDefaults.CollectStatistics;

    /// <summary>Makes chosen allocations fail; null for none.</summary>
    public FaultInjectionOptions? FaultInjection { get; set; } = RuntimeDefaults.FaultInjection;

    /// <summary>Overwrites the scope's memory with zeros when it ends, so that nothing of a request is left behind.</summary>
    public bool ScrubOnEnd { get; set; }

    /// <summary>
    /// Whether the scope becomes <see cref="RequestScope.Current"/> (default). When false it is reached only through the
    /// object, which saves the cost of making it ambient; <see cref="Heap"/> does not see it.
    /// </summary>
    public bool Ambient { get; set; } = true;

    /// <summary>Persistent scopes: recycle all memory after that many calls of <see cref="RequestScope.RequestCompleted"/>; 0 for never.</summary>
    public int MaxRequests { get; set; }

    /// <summary>Persistent scopes: up to that many requests are added to <see cref="MaxRequests"/> at random, so that workers do not recycle all at once.</summary>
    public int MaxRequestsGrace { get; set; }

    /// <summary>
    /// Persistent scopes: call <see cref="OnGrowth"/> when usage after a request exceeds the usage after the first one by
    /// that many bytes (and again each time it grows by as much); 0 for never.
    /// </summary>
    public long GrowthAlarm { get; set; }

    /// <summary>Receives growth alarms of a persistent scope; called on the thread that calls <see cref="RequestScope.RequestCompleted"/>.</summary>
    public Action<GrowthAlarm>? OnGrowth { get; set; }

    /// <summary>Receives the leak report of a debug scope when it ends, if anything leaked; when null, the report goes to standard error.</summary>
    public Action<LeakReport>? OnLeaks { get; set; }

    /// <summary>Receives trace events when <see cref="Trace"/> is on; called on the allocating thread, must not allocate from the scope.</summary>
    public Action<MemoryTraceEvent>? OnTrace { get; set; }

    /// <summary>Receives exceptions of clean-ups; when null, ending the scope throws them as one <see cref="AggregateException"/> after its memory is released.</summary>
    public Action<Exception>? OnCleanupError { get; set; }
}
