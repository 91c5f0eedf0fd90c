using LifetimeAnalyzers.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts request scopes into the pipeline.</summary>
public static class RequestScopeApplicationBuilderExtensions
{
    /// <summary>
    /// Opens a request scope around the rest of the pipeline. Put it after routing (where it is put by itself in a
    /// <c>WebApplication</c>), so that limits of single endpoints are seen, and before the code that needs the scope.
    /// </summary>
    /// <exception cref="InvalidOperationException">The services are not registered.</exception>
    public static IApplicationBuilder UseRequestScope(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.ApplicationServices.GetService<RetentionFromOptions>() is null
            ? throw new InvalidOperationException("Request scopes are not registered: call builder.Services.AddRequestScopes() first.")
            : app.UseMiddleware<RequestScopeMiddleware>();
    }
}
