using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ExecutionContext = LifetimeAnalyzers.Contexts.ExecutionContext;

namespace LifetimeAnalyzers.Rules;

/// <summary>One body with what the engine found in it, and the context of every place in it.</summary>
internal sealed class JudgedBody
{
    private readonly ContextResolver _contexts;

    // by allocation; most bodies have none that somebody asks about
    private ILookup<(SyntaxNode?, int), Finding>? _findings;
    private ILookup<(SyntaxNode?, int), Departure>? _departures;
    private ILookup<(SyntaxNode?, int), IOperation>? _releases;
    private ILookup<(SyntaxNode?, int), IOperation>? _reallocations;

    public JudgedBody(BodyResult result, SemanticModel model, ContextResolver contexts, CancellationToken cancellationToken)
    {
        Result = result;
        Model = model;
        _contexts = contexts;
        CancellationToken = cancellationToken;
    }

    public BodyResult Result { get; }

    public BodyFacts Facts => Result.Facts;

    public BodyUnit Unit => Result.Unit;

    public SemanticModel Model { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>How and how often <paramref name="node"/> runs.</summary>
    public ExecutionContext ContextAt(SyntaxNode node) => _contexts.At(node, Unit.Member, Model, CancellationToken);

    /// <summary>The same, as far as the body and its callers tell.</summary>
    public ExecutionContext ContextNear(SyntaxNode node) => _contexts.NearAt(node, Unit.Member, Model, CancellationToken);

    /// <summary>Whether there is one object of the type in the process, as far as it can be seen.</summary>
    public bool IsSingleton(ITypeSymbol? type) => _contexts.Lifetimes.IsSingleton(type, CancellationToken);

    /// <summary>The blocks that the body itself takes, each allocation once.</summary>
    public IEnumerable<Block> OwnBlocks => Facts.Blocks.Where(block => block is { Site: not null, Generation: 0, Family: not null });

    /// <summary>What becomes of the block that <paramref name="block"/>'s allocation gives.</summary>
    public IEnumerable<Finding> FindingsOf(Block block) => (_findings ??= Facts.Findings.Where(static finding => finding.Block?.Site is not null).ToLookup(static finding => SiteOf(finding.Block!)))[SiteOf(block)];

    /// <summary>Where the block that <paramref name="block"/>'s allocation gives goes.</summary>
    public IEnumerable<Departure> DeparturesOf(Block block) => (_departures ??= Facts.Departures.Where(static departure => departure.Block.Site is not null).ToLookup(static departure => SiteOf(departure.Block)))[SiteOf(block)];

    /// <summary>The calls that release it.</summary>
    public IEnumerable<IOperation> ReleasesOf(Block block) => (_releases ??= BySite(Facts.Releases))[SiteOf(block)];

    /// <summary>The calls that give another block for it.</summary>
    public IEnumerable<IOperation> ReallocationsOf(Block block) => (_reallocations ??= BySite(Facts.Reallocations))[SiteOf(block)];

    /// <summary>The innermost loop in the same body that <paramref name="node"/> is repeated by; null when there is none.</summary>
    public StatementSyntax? LoopAround(SyntaxNode node)
    {
        for (var at = node; at is not null && at != Unit.Syntax; at = at.Parent)
        {
            switch (at.Parent)
            {
                case WhileStatementSyntax or DoStatementSyntax:
                    return (StatementSyntax)at.Parent;
                case ForStatementSyntax loop when at == loop.Statement || at == loop.Condition || loop.Incrementors.Contains(at):
                    return loop;
                case CommonForEachStatementSyntax loop when at == loop.Statement:
                    return loop;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return null;
            }
        }

        return null;
    }

    private static (SyntaxNode?, int) SiteOf(Block block) => (block.Site?.Syntax, block.Index);

    private static ILookup<(SyntaxNode?, int), IOperation> BySite(IEnumerable<KeyValuePair<Block, System.Collections.Immutable.ImmutableArray<IOperation>>> calls) =>
        calls.Where(pair => pair.Key.Site is not null).SelectMany(pair => pair.Value.Select(call => (pair.Key, call))).ToLookup(pair => SiteOf(pair.Key), pair => pair.call);
}
