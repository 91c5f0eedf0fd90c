namespace LifetimeAnalyzers.Configuration;

/// <summary>How requests are served.</summary>
internal enum HostingModel
{
    /// <summary>Every request has a life cycle of its own, at whose end request memory is released.</summary>
    Request,

    /// <summary>One life cycle as long as the process serves all requests: request memory is not released by itself.</summary>
    Persistent,
}
