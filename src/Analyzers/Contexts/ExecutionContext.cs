using Microsoft.CodeAnalysis;

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

    /// <summary>
    /// The code belongs to a persistent server but is passed once, before or after its loop: process-lifetime memory
    /// taken here does not grow, request memory is still never given back.
    /// </summary>
    public bool RunsOnce { get; init; }

    /// <summary>The persistent loop around the place, in the same body; null when there is none, or when it is in a caller.</summary>
    public PersistentLoop? Loop { get; init; }

    /// <summary>What makes the context, for an additional location: the handler, the lambda, the loop; null when it is in no source.</summary>
    public Location? Origin { get; init; }

    /// <summary>More than one call lies between the code and what makes the context.</summary>
    public bool IsDistant { get; init; }

    /// <summary>The line of the request scope that the code at hand, or the call that leads to it, stands in; 0 when none is seen.</summary>
    public int ScopeLine { get; init; }

    /// <summary>Which of two contexts of the same code weighs more: the one in which a leak grows, and grows longest.</summary>
    internal int Weight => Kind switch
    {
        ExecutionContextKind.PersistentServer when !RunsOnce => 4,
        ExecutionContextKind.RequestHandler => 3,
        ExecutionContextKind.PersistentServer => 2,
        ExecutionContextKind.StartUp => 1,
        _ => 0,
    };
}
