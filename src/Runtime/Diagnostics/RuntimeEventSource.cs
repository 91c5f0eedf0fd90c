using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;

namespace LifetimeAnalyzers;

/// <summary>The events of the runtime, provider <c>LifetimeAnalyzers</c>; read them with <c>dotnet-trace</c> or an <see cref="EventListener"/>.</summary>
[EventSource(Name = "LifetimeAnalyzers")]
public sealed class RuntimeEventSource : EventSource
{
    /// <summary>The one instance.</summary>
    public static readonly RuntimeEventSource Log = new();

    /// <summary>The keywords of the events.</summary>
    public static class Keywords
    {
        /// <summary>Single memory calls.</summary>
        public const EventKeywords Trace = (EventKeywords)1;
    }

    private RuntimeEventSource()
    {
    }

    /// <summary>A memory call of a scope with <see cref="RequestScopeOptions.Trace"/> on; the function is a <see cref="MemoryFunction"/>.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only primitive values and a string are written.")]
    [Event(1, Level = EventLevel.Verbose, Keywords = Keywords.Trace)]
    public unsafe void MemoryCall(int function, long pointer, long oldPointer, long size, string file, int line, int threadId, long scopeId)
    {
        if (!IsEnabled(EventLevel.Verbose, Keywords.Trace))
        {
            return;
        }

        // By hand: the general overload would allocate an array and box every number.
        fixed (char* fileStart = file)
        {
            EventData* data = stackalloc EventData[8];
            data[0] = new EventData { DataPointer = (nint)(&function), Size = sizeof(int) };
            data[1] = new EventData { DataPointer = (nint)(&pointer), Size = sizeof(long) };
            data[2] = new EventData { DataPointer = (nint)(&oldPointer), Size = sizeof(long) };
            data[3] = new EventData { DataPointer = (nint)(&size), Size = sizeof(long) };
            data[4] = new EventData { DataPointer = (nint)fileStart, Size = (file.Length + 1) * sizeof(char) };
            data[5] = new EventData { DataPointer = (nint)(&line), Size = sizeof(int) };
            data[6] = new EventData { DataPointer = (nint)(&threadId), Size = sizeof(int) };
            data[7] = new EventData { DataPointer = (nint)(&scopeId), Size = sizeof(long) };
            WriteEventCore(1, 8, data);
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

    /// <summary>A persistent scope keeps more after a request than it did.</summary>
    [Event(4, Level = EventLevel.Warning)]
    public void Growth(long scopeId, string scopeName, long baseline, long usage, long requests)
    {
        if (IsEnabled())
        {
            WriteEvent(4, scopeId, scopeName, baseline, usage, requests);
        }
    }

    /// <summary>A scope was collected without having been ended; its memory was taken back, its clean-ups did not run.</summary>
    [Event(5, Level = EventLevel.Error)]
    public void ScopeForgotten(long scopeId, long bytes)
    {
        if (IsEnabled())
        {
            WriteEvent(5, scopeId, bytes);
        }
    }
}
