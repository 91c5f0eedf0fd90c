using Microsoft.Extensions.Logging;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>The messages of the middleware.</summary>
internal static partial class RequestScopeLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Request} ran into its memory limit of {Limit} bytes ({Usage} in use, {Requested} more asked for at {File}:{Line})")]
    public static partial void LimitExceeded(ILogger logger, string request, long limit, long usage, long requested, string? file, int line);

    [LoggerMessage(2, LogLevel.Warning, "{Request} ran into its memory limit after its response had started; the connection is aborted")]
    public static partial void LimitExceededTooLate(ILogger logger, string request);

    [LoggerMessage(3, LogLevel.Debug, "{Request} is {Kind}: no request scope is opened, because it would not end while the connection lives")]
    public static partial void NoScope(ILogger logger, string request, string kind);

    [LoggerMessage(4, LogLevel.Warning, "{Request} answers with an event stream inside a request scope, which does not end while the stream lives. Give the endpoint .WithRequestScope(RequestScopeMode.None) and begin a scope per event, or RequestScopeMode.Persistent if that is meant")]
    public static partial void EventStreamInScope(ILogger logger, string request);

    [LoggerMessage(5, LogLevel.Information, "{Request} left request memory to the end of its scope:\n{Report}")]
    public static partial void NotReleased(ILogger logger, string request, string report);

    [LoggerMessage(6, LogLevel.Error, "A clean-up of the request scope of {Request} failed")]
    public static partial void CleanupFailed(ILogger logger, Exception exception, string request);
}
