namespace LifetimeAnalyzers.AspNetCore;

/// <summary>What scope an endpoint gets.</summary>
public enum RequestScopeMode
{
    /// <summary>A scope that ends with the request; none for connections that are known to be long-lived (web sockets, event streams, SignalR).</summary>
    PerRequest,

    /// <summary>No scope: the endpoint begins its own, for instance one a message. <c>Heap.Emalloc</c> outside of one throws.</summary>
    None,

    /// <summary>A persistent scope, wanted for a long-lived connection: memory is released by <c>Efree</c>, by recycling, or when the connection ends.</summary>
    Persistent,
}
