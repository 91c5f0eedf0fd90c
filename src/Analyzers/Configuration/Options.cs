using System.Collections.Immutable;

namespace LifetimeAnalyzers.Configuration;

/// <summary>All options. The documentation's table is made from them.</summary>
internal static class Options
{
    private const string NameList = "names of types and methods, separated by commas: `Namespace.Type`, `Namespace.Outer+Nested`, ``Namespace.Generic`1``, `Namespace.Type.Method`, `Namespace.Type.Handle*`, or documentation-comment ids (`T:`, `M:`) without parameter list";

    /// <summary>How requests are served.</summary>
    public static readonly OptionDefinition<HostingModel> HostingModel = new(
        "hosting_model", Configuration.HostingModel.Request, "request", "`request` or `persistent`",
        OptionParsers.Word(("request", Configuration.HostingModel.Request), ("persistent", Configuration.HostingModel.Persistent)),
        "`request`: request memory is released at the end of each request. `persistent`: one life cycle as long as the process serves all requests, so request memory that is not freed leaks, and LIFE002 judges request handlers as well.");

    /// <summary>Types and methods whose code runs once per request.</summary>
    public static readonly OptionDefinition<ImmutableArray<string>> RequestHandlers = new(
        "request_handlers", ImmutableArray<string>.Empty, "", NameList, OptionParsers.Names,
        "Code that runs once per request, besides what is known: a base class, an interface or an attribute (what overrides or implements their members, or carries the attribute), or a method.");

    /// <summary>Types and methods whose code runs as long as the process.</summary>
    public static readonly OptionDefinition<ImmutableArray<string>> PersistentServers = new(
        "persistent_servers", ImmutableArray<string>.Empty, "", NameList, OptionParsers.Names,
        "Code that runs as long as the process, named in the same way. Counts more than `request_handlers` where both name a method.");

    /// <summary>Where LIFE005 is a warning.</summary>
    public static readonly OptionDefinition<ThrowingPaths> ThrowingPaths = new(
        "throwing_paths", Configuration.ThrowingPaths.Servers, "servers", "`servers`, `all` or `none`",
        OptionParsers.Word(("servers", Configuration.ThrowingPaths.Servers), ("all", Configuration.ThrowingPaths.All), ("none", Configuration.ThrowingPaths.None)),
        "Where LIFE005 (not freed when something throws) is a warning for process-lifetime blocks. `servers`: in request handlers and persistent servers, information elsewhere. `all`: everywhere. `none`: it is not reported.");

    /// <summary>Whether a rented buffer must be returned when something throws.</summary>
    public static readonly OptionDefinition<bool> PooledBuffersOnThrow = new(
        "pooled_buffers_on_throw", false, "false", "`true` or `false`",
        OptionParsers.Word(("true", true), ("false", false)),
        "Whether LIFE005 also follows rented buffers when something throws. Off by default: whoever threw may still hold the buffer, so the pools' own advice is to abandon it.");

    /// <summary>A factor on the limits of the analysis.</summary>
    public static readonly OptionDefinition<int> AnalysisBudget = new(
        "analysis_budget", 1, "1", "a whole number from 1 to 100", OptionParsers.Number(1, 100),
        "How many times the built-in limits on the work for one body may be used before the analysis of that body stops with LIFE091.");

    /// <summary>All options, in the order of the documentation.</summary>
    public static readonly ImmutableArray<OptionDefinition> All = ImmutableArray.Create<OptionDefinition>(
        HostingModel, RequestHandlers, PersistentServers, ThrowingPaths, PooledBuffersOnThrow, AnalysisBudget);

    /// <summary>The option of that key, whatever its case, or null.</summary>
    public static OptionDefinition? Find(string key) => All.FirstOrDefault(option => string.Equals(option.Key, key, StringComparison.OrdinalIgnoreCase));
}
