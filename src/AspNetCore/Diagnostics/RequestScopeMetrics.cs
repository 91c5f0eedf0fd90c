using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>
/// What request scopes tell the meter <c>LifetimeAnalyzers.AspNetCore</c> and the health check. Thread-safe.
/// </summary>
internal sealed class RequestScopeMetrics
{
    public const string MeterName = "LifetimeAnalyzers.AspNetCore";
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _refused;
    private readonly Histogram<long> _peak;
    private readonly TimeProvider _time;
    private long _openNow;
    private long _refusedEver;
    private long _lastRefusal = long.MinValue;

    public RequestScopeMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        Meter meter = factory.Create(MeterName);
        _open = meter.CreateUpDownCounter<long>("lifetime.request.scopes", "{scope}", "Request scopes that are open.");
        _refused = meter.CreateCounter<long>("lifetime.request.limit_exceeded", "{request}", "Requests that ran into their memory limit.");
        _peak = meter.CreateHistogram<long>("lifetime.request.memory.peak", "By", "The most memory that a request had in use.");
    }

    /// <summary>Scopes open now.</summary>
    public long Open => Interlocked.Read(ref _openNow);

    /// <summary>Requests refused since the start.</summary>
    public long Refused => Interlocked.Read(ref _refusedEver);

    /// <summary>How long ago the last request was refused; null when none was.</summary>
    public TimeSpan? SinceLastRefusal => Interlocked.Read(ref _lastRefusal) is var last and not long.MinValue ? _time.GetElapsedTime(last) : null;

    public void Began()
    {
        Interlocked.Increment(ref _openNow);
        _open.Add(1);
    }

    public void Ended(string? route, long peakBytes)
    {
        Interlocked.Decrement(ref _openNow);
        _open.Add(-1);
        if (_peak.Enabled)
        {
            _peak.Record(peakBytes, Route(route));
        }
    }

    public void LimitExceeded(string? route)
    {
        Interlocked.Increment(ref _refusedEver);
        Interlocked.Exchange(ref _lastRefusal, _time.GetTimestamp());
        _refused.Add(1, Route(route));
    }

    // The route as written, never the path: a path would make a series of every order number.
    private static TagList Route(string? route) => route is null ? default : new TagList { { "http.route", route } };
}
