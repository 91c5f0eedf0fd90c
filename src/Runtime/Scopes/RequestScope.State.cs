namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private static readonly RequestScopeOptions s_defaults = new();
    private static long s_ids;

    private readonly ScopeMode _mode;
    private long _limit;

    // Sub-heaps as numbers, since async methods of this class could not hold pointers.
    private nint _heap;
    private nint _heaps;

    private unsafe RequestScope(RequestScopeOptions options, ScopeMode mode)
    {
        Id = Interlocked.Increment(ref s_ids);
        Name = options.Name;
        _limit = Math.Max(options.MemoryLimit, Unlimited);
        _heap = (nint)SubHeap.Nobody;
        bool watched = options.Trace || options.CollectStatistics || options.FaultInjection is not null;
        _mode = mode
            | (options.Ambient ? ScopeMode.Ambient : 0)
            | (options.ScrubOnEnd ? ScopeMode.ScrubOnEnd : 0)
            | (options.Debug ? ScopeMode.Debug | ScopeMode.Instrumented : 0)
            | (watched ? ScopeMode.Instrumented : 0);
        Instruments = mode == ScopeMode.Persistent || ScopeInstruments.Needed(options) ? new ScopeInstruments(options) : null;
        Parent = Current;
    }

    private RequestScope Enter()
    {
        Attach();
        if ((_mode & ScopeMode.Ambient) != 0)
        {
            s_ambient.Value = this;
        }

        return this;
    }
}
