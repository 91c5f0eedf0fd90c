using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>
/// Opens a request scope, serves the request inside it, and ends it, whatever happened. The scope is begun in the frame
/// of <see cref="InvokeAsync"/> itself: one begun in an awaited method is not seen by its caller.
/// </summary>
internal sealed class RequestScopeMiddleware(
    RequestDelegate next,
    IOptionsMonitor<RequestScopesOptions> options,
    RequestScopeMetrics metrics,
    IHostEnvironment environment,
    ILogger<RequestScope> logger)
{
    private readonly bool _development = environment.IsDevelopment();

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IRequestScopeFeature>() is not null)
        {
            // The middleware is in the pipeline twice, or the request is executed again by an error handler.
            await next(context);
            return;
        }

        EndpointScope endpoint = EndpointScope.Of(context.GetEndpoint());
        RequestScopeMode mode = endpoint.Mode ?? RequestScopeMode.PerRequest;
        if (endpoint.Mode is null && LongLivedConnections.Kind(context, endpoint) is { } kind)
        {
            RequestScopeLog.NoScope(logger, Describe(context), kind);
            mode = RequestScopeMode.None;
        }

        if (mode is RequestScopeMode.None)
        {
            context.Features.Set<IRequestScopeFeature>(RequestScopeFeature.None);
            await next(context);
            return;
        }

        RequestScopeOptions scopeOptions = ScopeOptions(context, endpoint, options.CurrentValue);
        RequestScope scope = mode is RequestScopeMode.Persistent ? RequestScope.BeginPersistent(scopeOptions) : RequestScope.Begin(scopeOptions);
        metrics.Began();
        try
        {
            context.Features.Set<IRequestScopeFeature>(new RequestScopeFeature(scope));
            if (mode is RequestScopeMode.PerRequest)
            {
                WarnOfEventStream(context, endpoint);
            }

            await next(context);
        }
        catch (Exception exception) when (MemoryLimitProblem.Find(exception) is { } exceeded)
        {
            await RefuseAsync(context, endpoint, exceeded);
        }
        finally
        {
            metrics.Ended(endpoint.Route, scope.GetPeakUsage());
            await scope.DisposeAsync();
        }
    }

    private static string Describe(HttpContext context) => $"{context.Request.Method} {context.Request.Path}";

    private RequestScopeOptions ScopeOptions(HttpContext context, EndpointScope endpoint, RequestScopesOptions application)
    {
        RequestScopeOptions scope = new()
        {
            Name = endpoint.Route is { } route ? $"{context.Request.Method} {route}" : Describe(context),
            MemoryLimit = endpoint.MemoryLimit ?? application.MemoryLimit,
            CollectStatistics = application.CollectStatistics,
            ScrubOnEnd = application.ScrubOnEnd,
            OnCleanupError = exception => RequestScopeLog.CleanupFailed(logger, exception, Describe(context)),
        };
        scope.Debug = application.Debug ?? (_development || scope.Debug);
        scope.Trace = application.Trace ?? scope.Trace;
        scope.OnLeaks = report => RequestScopeLog.NotReleased(logger, Describe(context), report.ToString());
        application.ConfigureScope?.Invoke(context, scope);
        return scope;
    }

    private void WarnOfEventStream(HttpContext context, EndpointScope endpoint) => context.Response.OnStarting(() =>
    {
        if (LongLivedConnections.IsEventStream(context.Response) && endpoint.ShouldWarn())
        {
            RequestScopeLog.EventStreamInScope(logger, Describe(context));
        }

        return Task.CompletedTask;
    });

    private async Task RefuseAsync(HttpContext context, EndpointScope endpoint, MemoryLimitExceededException exceeded)
    {
        metrics.LimitExceeded(endpoint.Route);
        RequestScopeLog.LimitExceeded(logger, Describe(context), exceeded.Limit, exceeded.Usage, exceeded.Requested, exceeded.File, exceeded.Line);
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            RequestScopeLog.LimitExceededTooLate(logger, Describe(context));
            context.Abort();
            return;
        }

        await MemoryLimitProblem.WriteAsync(context, exceeded, _development);
    }

    private sealed class RequestScopeFeature(RequestScope? scope) : IRequestScopeFeature
    {
        public static readonly RequestScopeFeature None = new(null);

        public RequestScope? Scope { get; } = scope;
    }
}
