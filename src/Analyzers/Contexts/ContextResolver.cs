using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Tells in which context a piece of code runs. One per compilation; thread-safe; asked only where there is something to report.</summary>
internal sealed class ContextResolver
{
    /// <summary>So many members are visited on the way up from one helper.</summary>
    private const int MaximumMembers = 200;

    private readonly CallSites callSites;
    private readonly Surroundings surroundings;
    private readonly MemberContexts members;
    private readonly PersistentLoops loops;
    private readonly DelegateUse delegates;
    private readonly bool isProgram;
    private readonly ConcurrentDictionary<ISymbol, ExecutionContext> known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<Outcome>> uses = new(SymbolEqualityComparer.Default);

    private ContextResolver(Compilation compilation, AnalyzerOptions options)
    {
        var index = new IdentifierIndex(compilation);
        var models = new SemanticModels(compilation);
        var presence = new MvcPresence(compilation, index);
        Lifetimes = new SingletonTypes(index, models);
        members = new MemberContexts(compilation, new ContextOptions(options), Lifetimes, presence);
        loops = new PersistentLoops();
        callSites = new CallSites(index, models);
        delegates = new DelegateUse(Lifetimes, presence);
        surroundings = new Surroundings(loops, delegates, members);
        isProgram = compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary;
    }

    /// <summary>How long instances of types live.</summary>
    public SingletonTypes Lifetimes { get; }

    /// <summary>Prepares the look-ups for <paramref name="compilation"/>. Cheap: symbols are looked up on first use.</summary>
    public static ContextResolver Create(Compilation compilation, AnalyzerOptions options) => new(compilation, options);

    /// <summary>
    /// The context at <paramref name="node"/>, which lies in the body of <paramref name="member"/>: innermost lambda or
    /// loop first, then the member itself, then its callers in the same compilation.
    /// </summary>
    /// <param name="node">An expression or statement in the body.</param>
    /// <param name="member">The method, accessor, constructor or field whose body it is.</param>
    /// <param name="model">The semantic model of the node's tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public ExecutionContext At(SyntaxNode node, ISymbol member, SemanticModel model, CancellationToken cancellationToken)
    {
        Outcome here = surroundings.Of(node, member, model, cancellationToken);
        return here.Decided.Kind != ExecutionContextKind.Unknown ? here.Decided
            : here.Complete(here.Next is null ? ExecutionContext.Unknown : Entry(here.Next, cancellationToken));
    }

    /// <summary>The context in which <paramref name="member"/> is entered, whatever its own body does.</summary>
    public ExecutionContext Entry(ISymbol member, CancellationToken cancellationToken) =>
        known.TryGetValue(member, out ExecutionContext found) ? found : known.GetOrAdd(member, Search(member, cancellationToken));

    /// <summary>The innermost persistent loop around <paramref name="node"/> in the same function, whatever scopes are in between; null when there is none.</summary>
    public PersistentLoop? LoopAround(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        for (SyntaxNode? parent = node.Parent; parent is not null and not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax { } and not GlobalStatementSyntax); parent = parent.Parent)
        {
            if (loops.Judge(parent, model, cancellationToken) is { } loop)
            {
                return loop;
            }
        }

        return null;
    }

    /// <summary>Goes up the callers, level by level, until the gravest context is found or all are seen.</summary>
    private ExecutionContext Search(ISymbol start, CancellationToken cancellationToken)
    {
        var visited = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { start };
        var pending = new Queue<ISymbol>();
        pending.Enqueue(start);
        ExecutionContext worst = ExecutionContext.Unknown;
        bool onlyStartUp = true;
        while (pending.Count > 0 && worst.Weight < 4)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ISymbol member = pending.Dequeue();
            ExecutionContext own = members.Of(member, cancellationToken);
            if (own.Kind != ExecutionContextKind.Unknown)
            {
                worst = Worse(worst, Told(own, start, member));
                continue;
            }

            ImmutableArray<Outcome> callers = UsesOf(member, cancellationToken);
            onlyStartUp &= !callers.IsEmpty && !CanBeCalledFromOutside(member);
            foreach (Outcome caller in callers)
            {
                ExecutionContext decided = caller.Decided;
                if (decided.Kind == ExecutionContextKind.Unknown && caller.Next is { } next)
                {
                    ExecutionContext direct = members.Of(next, cancellationToken);
                    decided = caller.Complete(direct);
                    if (direct.Kind == ExecutionContextKind.Unknown && decided.Kind == ExecutionContextKind.Unknown)
                    {
                        onlyStartUp &= !caller.Loose;
                        if (visited.Count < MaximumMembers && visited.Add(next))
                        {
                            pending.Enqueue(next);
                        }

                        continue;
                    }
                }

                onlyStartUp &= decided.Kind != ExecutionContextKind.Unknown;
                worst = Worse(worst, Told(decided with { Loop = null }, start, null));
            }

            if (callers.IsEmpty && member is IMethodSymbol method)
            {
                worst = Worse(worst, Told(members.Hosted(ByParameters(method), method.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree), start, member));
            }
        }

        return worst.Kind == ExecutionContextKind.StartUp && !(onlyStartUp && visited.Count < MaximumMembers) && members.Of(start, cancellationToken).Kind == ExecutionContextKind.Unknown
            ? ExecutionContext.Unknown
            : worst;
    }

    private ImmutableArray<Outcome> UsesOf(ISymbol member, CancellationToken cancellationToken)
    {
        if (uses.TryGetValue(member, out ImmutableArray<Outcome> found))
        {
            return found;
        }

        ImmutableArray<Outcome>.Builder outcomes = ImmutableArray.CreateBuilder<Outcome>();
        foreach (ISymbol used in Used(member))
        {
            foreach (CodePlace place in callSites.Of(used, cancellationToken))
            {
                if (UseAt(place, used, cancellationToken) is { } outcome)
                {
                    outcomes.Add(outcome);
                }
            }
        }

        return uses.GetOrAdd(member, outcomes.ToImmutable());
    }

    /// <summary>A field's or property's initialiser runs with every constructor of its type.</summary>
    private static IEnumerable<ISymbol> Used(ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: false, Type.TypeKind: not TypeKind.Delegate } or IPropertySymbol { IsStatic: false, Type.TypeKind: not TypeKind.Delegate } => member.ContainingType.InstanceConstructors,
        _ => [member],
    };

    private Outcome? UseAt(CodePlace place, ISymbol used, CancellationToken cancellationToken)
    {
        SyntaxNode node = place.Node;
        bool isDelegate = used is ILocalSymbol or IFieldSymbol or IPropertySymbol { Type.TypeKind: TypeKind.Delegate };
        bool isMethodGroup = used is IMethodSymbol { AssociatedSymbol: null, MethodKind: not MethodKind.Constructor } or IParameterSymbol;
        if (!isDelegate && !isMethodGroup || IsInvoked(node))
        {
            return surroundings.Of(node, null, place.Model, cancellationToken);
        }

        if (node is not ExpressionSyntax expression || (node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node))
        {
            return null;
        }

        DelegateFate fate = delegates.Of(expression, place.Model, cancellationToken);
        if (fate.Context.Kind != ExecutionContextKind.Unknown)
        {
            return new Outcome { Decided = members.Hosted(fate.Context, node.SyntaxTree) };
        }

        return fate.Around ? surroundings.Of(node, null, place.Model, cancellationToken) is var outcome ? outcome with { Loose = outcome.Loose || fate.Loose } : default
            : new Outcome { Next = fate.KeptIn, Loose = true };
    }

    private static bool IsInvoked(SyntaxNode node) => node.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == node,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" or "DynamicInvoke" } access => access.Expression == node,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } } } access => access.Expression == node,
        _ => false,
    };

    private static ExecutionContext ByParameters(IMethodSymbol method) =>
        MemberContexts.ByParameters(method.Parameters, $"'{method.Name}', which is handed a request") is { Kind: ExecutionContextKind.RequestHandler } handed ? handed : ExecutionContext.Unknown;

    private bool CanBeCalledFromOutside(ISymbol member)
    {
        for (ISymbol? current = member; !isProgram && current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return !isProgram && member is not (ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction });
    }

    /// <summary>The reason as a message about <paramref name="start"/> says it.</summary>
    private static ExecutionContext Told(ExecutionContext context, ISymbol start, ISymbol? member) =>
        context.Kind == ExecutionContextKind.Unknown || start is ILocalSymbol or IFieldSymbol or IPropertySymbol || SymbolEqualityComparer.Default.Equals(start, member)
            ? context
            : context with { Reason = $"'{NameOf(start)}', called from {context.Reason}" };

    private static string NameOf(ISymbol symbol) => symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType.Name
        : symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property.Name
        : symbol.Name;

    private static ExecutionContext Worse(ExecutionContext left, ExecutionContext right) => right.Weight > left.Weight ? right : left;
}
