namespace LifetimeAnalyzers.AspNetCore;

/// <summary>Endpoint metadata that says how the request scope of this endpoint differs. The last one that has a value counts.</summary>
public interface IRequestScopeMetadata
{
    /// <summary>Bytes of request memory for this endpoint, <see cref="RequestScopeOptions.Unlimited"/> for no limit, or null for the application's limit.</summary>
    long? MemoryLimit { get; }

    /// <summary>The kind of scope, or null for the default.</summary>
    RequestScopeMode? Mode { get; }
}
