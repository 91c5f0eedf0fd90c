using Microsoft.AspNetCore.Http;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>
/// How the request scopes of an application behave. Read from the configuration section <c>RequestScopes</c> (sizes as
/// <c>128M</c>) and from code; a change of the configuration acts on later requests.
/// </summary>
public sealed class RequestScopesOptions
{
    /// <summary>The name of the configuration section that is read unless another one is given.</summary>
    public const string SectionName = "RequestScopes";

    /// <summary>
    /// Bytes of request memory that one request may have in use; <see cref="RequestScopeOptions.Unlimited"/> for no limit.
    /// An endpoint may have its own (<see cref="RequestMemoryLimitAttribute"/>). Default: 128 MiB.
    /// </summary>
    public long MemoryLimit { get; set; } = 128L * 1024 * 1024;

    /// <summary>
    /// Whether scopes run in the runtime's debug mode: call sites kept, wrong and double frees named, and what a request
    /// did not release itself logged when it ends. Null (default): in the Development environment only.
    /// </summary>
    public bool? Debug { get; set; }

    /// <summary>Whether calls and bytes are counted per function (<see cref="RequestScope.Statistics"/>). Default: no.</summary>
    public bool CollectStatistics { get; set; }

    /// <summary>
    /// Whether every memory call of a request is written to the event source, with its line
    /// (<see cref="RequestScopeOptions.Trace"/>). Null (default): as <c>LIFETIME_TRACE</c> says.
    /// </summary>
    public bool? Trace { get; set; }

    /// <summary>
    /// Bytes of free request memory that the process keeps ready at most (<see cref="MemoryRetention.MaxCachedBytes"/>);
    /// null (default) to leave that as it is.
    /// </summary>
    public long? MaxCachedBytes { get; set; }

    /// <summary>
    /// Within which time an idle process gives back what it keeps ready (<see cref="MemoryRetention.TrimInterval"/>); null
    /// (default) to leave that as it is.
    /// </summary>
    public TimeSpan? TrimInterval { get; set; }

    /// <summary>Whether a request's memory is overwritten with zeros when it ends. Default: no.</summary>
    public bool ScrubOnEnd { get; set; }

    /// <summary>
    /// For how long after a request was refused for its memory limit the health check says Degraded. Default: one minute.
    /// </summary>
    public TimeSpan DegradedAfterLimitExceeded { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Last word on the options of one request's scope, for instance to inject faults; null for none. Called once a request,
    /// on the request's thread, with options that belong to this request alone.
    /// </summary>
    public Action<HttpContext, RequestScopeOptions>? ConfigureScope { get; set; }
}
