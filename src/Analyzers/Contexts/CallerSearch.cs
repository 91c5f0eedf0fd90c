using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>
/// Finds the context of a member that has none by itself: of those of its callers, the nearest, and among equally near
/// ones the gravest. Bounded, and remembered; thread-safe.
/// </summary>
/// <param name="uses">The places that run a member.</param>
/// <param name="members">The contexts that members have by themselves.</param>
/// <param name="isProgram">Whether nobody calls into the compilation from outside.</param>
internal sealed class CallerSearch(MemberUses uses, MemberContexts members, bool isProgram)
{
    /// <summary>So many members are visited on the way up from one.</summary>
    private const int MaximumMembers = 80;

    /// <summary>From this weight on, farther callers are not asked: the code runs per request, or for ever.</summary>
    private const int Sufficient = 3;

    private readonly ConcurrentDictionary<ISymbol, ExecutionContext> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ExecutionContext> _near = new(SymbolEqualityComparer.Default);

    /// <summary>The context in which <paramref name="member"/> is entered.</summary>
    public ExecutionContext ContextOf(ISymbol member, CancellationToken cancellationToken) =>
        _known.TryGetValue(member, out ExecutionContext found) ? found : _known.GetOrAdd(member, Search(member, int.MaxValue, cancellationToken));

    /// <summary>The context in which those who call <paramref name="member"/> themselves enter it.</summary>
    public ExecutionContext NearContextOf(ISymbol member, CancellationToken cancellationToken) =>
        _near.TryGetValue(member, out ExecutionContext found) ? found : _near.GetOrAdd(member, Search(member, 0, cancellationToken));

    private ExecutionContext Search(ISymbol start, int farthest, CancellationToken cancellationToken)
    {
        ExecutionContext own = members.Of(start, cancellationToken);
        if (own.Kind != ExecutionContextKind.Unknown)
        {
            return own;
        }

        var visited = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { start };
        var level = new List<ISymbol> { start };
        ExecutionContext worst = ExecutionContext.Unknown;
        bool onlyStartUp = true;
        for (int distance = 0; level.Count > 0 && distance <= farthest && worst.Weight < Sufficient; distance++)
        {
            var next = new List<ISymbol>();
            foreach (ISymbol member in level)
            {
                ImmutableArray<Outcome> callers = uses.Of(member, cancellationToken);
                onlyStartUp &= !callers.IsEmpty && !CanBeCalledFromOutside(member);
                foreach (Outcome caller in callers)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    ExecutionContext context = caller.Decided.Kind != ExecutionContextKind.Unknown ? caller.Decided
                        : caller.Complete(caller.Next is null ? ExecutionContext.Unknown : members.Of(caller.Next, cancellationToken));
                    worst = Worse(worst, Told(context, start, distance));
                    if (context.Kind != ExecutionContextKind.Unknown)
                    {
                        continue;
                    }

                    onlyStartUp &= !caller.Loose && caller.Next is not null && visited.Count < MaximumMembers;
                    if (caller.Next is not null && visited.Count < MaximumMembers && visited.Add(caller.Next))
                    {
                        next.Add(caller.Next);
                    }
                }

                if (callers.IsEmpty && member is IMethodSymbol method)
                {
                    worst = Worse(worst, Told(ByParameters(method), start, SymbolEqualityComparer.Default.Equals(start, member) ? -1 : distance));
                }
            }

            level = next;
        }

        return worst.Kind == ExecutionContextKind.StartUp && !(onlyStartUp && level.Count == 0) ? ExecutionContext.Unknown : worst;
    }

    /// <summary>A method that nobody is seen to call, but that is handed a request, runs in one.</summary>
    private ExecutionContext ByParameters(IMethodSymbol method)
    {
        ExecutionContext handed = MemberContexts.ByParameters(method.Parameters, $"'{method.Name}', which is handed a request");
        return handed.Kind == ExecutionContextKind.RequestHandler
            ? members.Hosted(handed, method.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree)
            : ExecutionContext.Unknown;
    }

    private bool CanBeCalledFromOutside(ISymbol member)
    {
        if (isProgram || member is ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction })
        {
            return false;
        }

        for (ISymbol? current = member; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The reason as a message about <paramref name="start"/> says it; a loop in a caller is not around the place.</summary>
    private static ExecutionContext Told(ExecutionContext context, ISymbol start, int distance)
    {
        context = context with { Loop = null };
        return context.Kind == ExecutionContextKind.Unknown || distance < 0 || start is not IMethodSymbol
            ? context
            : context with { Reason = $"'{NameOf(start)}', {(distance == 0 ? "called" : "reached")} from {context.Reason}{File(context, start)}", IsDistant = context.IsDistant || distance > 0 };
    }

    /// <summary>A line number means the file at hand, unless another one is named.</summary>
    private static string File(ExecutionContext context, ISymbol start) =>
        context.Origin?.SourceTree is { FilePath: var path } tree && context.Reason.Contains(" on line ") && start.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree != tree
            ? " of " + path.Substring(path.LastIndexOfAny(['/', '\\']) + 1)
            : "";

    private static string NameOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => symbol.ContainingType.Name,
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        _ => symbol.Name,
    };

    private static ExecutionContext Worse(ExecutionContext left, ExecutionContext right) => right.Weight > left.Weight ? right : left;
}
