using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>What an endpoint's metadata say about its scope; found once per endpoint.</summary>
internal sealed class EndpointScope
{
    private static readonly ConditionalWeakTable<Endpoint, EndpointScope> s_known = [];
    private static readonly EndpointScope s_none = new(null);
    private int _warned;

    private EndpointScope(Endpoint? endpoint)
    {
        Route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        foreach (IRequestScopeMetadata metadata in endpoint?.Metadata.GetOrderedMetadata<IRequestScopeMetadata>() ?? [])
        {
            MemoryLimit = metadata.MemoryLimit ?? MemoryLimit;
            Mode = metadata.Mode ?? Mode;
        }

        // SignalR's transports are long-lived whichever way they come; the hub's own metadata says so.
        IsConnection = endpoint?.Metadata.Any(item => item.GetType().FullName == "Microsoft.AspNetCore.SignalR.HubMetadata") ?? false;
    }

    /// <summary>The route as it was written, or null.</summary>
    public string? Route { get; }

    public long? MemoryLimit { get; }

    public RequestScopeMode? Mode { get; }

    public bool IsConnection { get; }

    public static EndpointScope Of(Endpoint? endpoint) => endpoint is null ? s_none : s_known.GetValue(endpoint, static found => new EndpointScope(found));

    /// <summary>True the first time, so that a warning is not repeated with every request.</summary>
    public bool ShouldWarn() => Interlocked.Exchange(ref _warned, 1) == 0;
}
