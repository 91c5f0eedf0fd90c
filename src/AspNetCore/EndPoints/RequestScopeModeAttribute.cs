namespace LifetimeAnalyzers.AspNetCore;

/// <summary>The kind of scope that an endpoint, a controller or an action gets.</summary>
/// <param name="mode">The kind of scope.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequestScopeModeAttribute(RequestScopeMode mode) : Attribute, IRequestScopeMetadata
{
    /// <summary>The kind of scope.</summary>
    public RequestScopeMode Mode { get; } = mode;

    long? IRequestScopeMetadata.MemoryLimit => null;

    RequestScopeMode? IRequestScopeMetadata.Mode => Mode;
}
