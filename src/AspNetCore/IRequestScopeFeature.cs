namespace LifetimeAnalyzers.AspNetCore;

/// <summary>The request scope of an HTTP request, as a feature of its context.</summary>
public interface IRequestScopeFeature
{
    /// <summary>The scope; null when this request has none (see <see cref="RequestScopeMode"/>).</summary>
    RequestScope? Scope { get; }
}
