namespace LifetimeAnalyzers;

/// <summary>A persistent scope keeps more memory after a request than it did: something is not released.</summary>
/// <param name="ScopeName">The scope's name, or null.</param>
/// <param name="Baseline">Bytes in use after the first request.</param>
/// <param name="Usage">Bytes in use now.</param>
/// <param name="Requests">Requests completed since the scope began or was recycled.</param>
public readonly record struct GrowthAlarm(string? ScopeName, long Baseline, long Usage, long Requests);
