namespace LifetimeAnalyzers.Contexts;

/// <summary>How often and how long the code at a place runs.</summary>
internal enum ExecutionContextKind
{
    /// <summary>Nothing is known: a helper, a library.</summary>
    Unknown,

    /// <summary>Once per process: <c>Main</c>, static constructors, the configuration of services.</summary>
    StartUp,

    /// <summary>Once per request, inside a request scope.</summary>
    RequestHandler,

    /// <summary>As long as the process: loops of workers, accept loops, long-lived connections. A request scope opened outside never ends meanwhile.</summary>
    PersistentServer,
}

/// <summary>The context of a piece of code, with the reason in words for messages.</summary>
/// <param name="Kind">The kind of the context.</param>
/// <param name="Reason">Why, as a message says it: <c>the controller action 'Upload'</c>; empty when unknown.</param>
internal readonly record struct ExecutionContext(ExecutionContextKind Kind, string Reason)
{
    /// <summary>Nothing is known.</summary>
    public static readonly ExecutionContext Unknown = new(ExecutionContextKind.Unknown, "");
}
