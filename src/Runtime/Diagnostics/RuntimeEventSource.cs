using System.Diagnostics.Tracing;

namespace LifetimeAnalyzers;

/// <summary>The events of the runtime, provider <c>LifetimeAnalyzers</c>; read them with <c>dotnet-trace</c> or an <see cref="EventListener"/>.</summary>
[EventSource(Name = "LifetimeAnalyzers")]
public sealed class RuntimeEventSource : EventSource
{
    /// <summary>The one instance.</summary>
    public static readonly RuntimeEventSource Log = new();

    private RuntimeEventSource()
    {
    }

    /// <summary>A memory call of a scope with <see cref="RequestScopeOptions.Trace"/> on.</summary>
    [Event(1, Level = EventLevel.Verbose)]
    public void MemoryCall(string function, long pointer, long oldPointer, long size, string file, int line, int threadId, long scopeId)
    {
        if (IsEnabled())
        {
            WriteEvent(1, function, pointer, oldPointer, size, file, line, threadId, scopeId);
        }
    }

    /// <summary>A limit was hit.</summary>
    [Event(2, Level = EventLevel.Warning)]
    public void LimitExceeded(long scopeId, string scopeName, long limit, long usage, long requested, string file, int line)
    {
        if (IsEnabled())
        {
            WriteEvent(2, scopeId, scopeName, limit, usage, requested, file, line);
        }
    }

    /// <summary>A debug scope ended with blocks that nobody released.</summary>
    [Event(3, Level = EventLevel.Warning)]
    public void Leaks(long scopeId, string scopeName, long blocks, long bytes, string report)
    {
        if (IsEnabled())
        {
            WriteEvent(3, scopeId, scopeName, blocks, bytes, report);
        }
    }
}
