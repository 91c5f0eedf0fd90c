using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Tells in which context a piece of code runs. One per compilation; thread-safe; asked only where there is something to report.</summary>
internal sealed class ContextResolver
{
    private readonly Surroundings _surroundings;
    private readonly PersistentLoops _loops = new();
    private readonly CallerSearch _callers;

    private ContextResolver(Compilation compilation, AnalyzerOptions options)
    {
        var index = new IdentifierIndex(compilation);
        var models = new SemanticModels(compilation);
        var presence = new MvcPresence(compilation, index);
        Lifetimes = new SingletonTypes(index, models);
        var members = new MemberContexts(compilation, new ContextOptions(options), Lifetimes, presence);
        var delegates = new DelegateUse(Lifetimes, presence);
        _surroundings = new Surroundings(_loops, delegates, members);
        var uses = new MemberUses(new CallSites(index, models), _surroundings, delegates, members);
        _callers = new CallerSearch(uses, members, compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary);
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
    public ExecutionContext At(SyntaxNode node, ISymbol member, SemanticModel model, CancellationToken cancellationToken) =>
        At(node, member, model, _callers.ContextOf, cancellationToken);

    /// <summary>The same, as far as the callers of the member itself tell: what lies behind them is not looked for, which costs the most.</summary>
    /// <param name="node">An expression or statement in the body.</param>
    /// <param name="member">The method, accessor, constructor or field whose body it is.</param>
    /// <param name="model">The semantic model of the node's tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public ExecutionContext NearAt(SyntaxNode node, ISymbol member, SemanticModel model, CancellationToken cancellationToken) =>
        At(node, member, model, _callers.NearContextOf, cancellationToken);

    /// <summary>The context in which <paramref name="member"/> is entered, whatever its own body does.</summary>
    public ExecutionContext Entry(ISymbol member, CancellationToken cancellationToken) => _callers.ContextOf(member, cancellationToken);

    /// <summary>The innermost persistent loop around <paramref name="node"/> in the same function, whatever scopes are in between; null when there is none.</summary>
    public PersistentLoop? LoopAround(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        for (SyntaxNode? parent = node.Parent; parent is not null && !IsFunction(parent); parent = parent.Parent)
        {
            if (_loops.Judge(parent, model, cancellationToken) is { } loop)
            {
                return loop;
            }
        }

        return null;
    }

    private ExecutionContext At(SyntaxNode node, ISymbol member, SemanticModel model, Func<ISymbol, CancellationToken, ExecutionContext> entry, CancellationToken cancellationToken)
    {
        Outcome here = _surroundings.Of(node, member, model, cancellationToken);
        return here.Decided.Kind != ExecutionContextKind.Unknown ? here.Decided
            : here.Complete(here.Next is null ? ExecutionContext.Unknown : entry(here.Next, cancellationToken));
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or (MemberDeclarationSyntax and not GlobalStatementSyntax);
}
