using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace LifetimeAnalyzers.Tests;

/// <summary>Collects the events of the runtime while it lives.</summary>
internal sealed class RuntimeEvents(bool calls = false) : EventListener
{
    private readonly ConcurrentQueue<EventWrittenEventArgs> _events = new();
    private readonly bool _calls = calls;

    public IEnumerable<EventWrittenEventArgs> Of(string name) => _events.Where(e => e.EventName == name);

    public void Enable() => EnableEvents(RuntimeEventSource.Log, EventLevel.Verbose, EventKeywords.All);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "LifetimeAnalyzers")
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_calls || eventData.EventName != "MemoryCall")
        {
            _events?.Enqueue(eventData);
        }
    }
}
