using LifetimeAnalyzers;
using LifetimeAnalyzers.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>Reaches the request scope through the HTTP context: the fast path, without the ambient look-up.</summary>
public static class RequestScopeHttpContextExtensions
{
    /// <summary>The request's scope; null when it has none, because the middleware was not reached or the connection is long-lived.</summary>
    public static RequestScope? GetRequestScope(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<IRequestScopeFeature>()?.Scope;
    }

    /// <summary>The request's scope.</summary>
    /// <exception cref="InvalidOperationException">The request has none; the message says why.</exception>
    public static RequestScope GetRequiredRequestScope(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IRequestScopeFeature feature = context.Features.Get<IRequestScopeFeature>()
            ?? throw new InvalidOperationException("This request has no request scope: call app.UseRequestScope() before the code that needs one.");
        return feature.Scope
            ?? throw new InvalidOperationException("This request has no request scope, because its connection is long-lived or its endpoint wants none: begin one per message with RequestScope.Begin(), or ask for WithRequestScope(RequestScopeMode.Persistent).");
    }
}
