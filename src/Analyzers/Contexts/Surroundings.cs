using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>What the code around a place says about it.</summary>
internal readonly record struct Outcome
{
    /// <summary>The context, when the surroundings decide it.</summary>
    public ExecutionContext Decided { get; init; }

    /// <summary>Otherwise the member, local function, or keeper of a delegate whose own context, or whose uses, decide.</summary>
    public ISymbol? Next { get; init; }

    /// <summary>A loop without an end in its head stands around the place, so that it is not passed only once.</summary>
    public bool Repeats { get; init; }

    /// <summary>The line of the request scope that is open at the place; 0 when there is none.</summary>
    public int ScopeLine { get; init; }

    /// <summary>The way out led through a delegate that may run later: start-up code around it proves nothing.</summary>
    public bool Loose { get; init; }

    /// <summary>Completes what <see cref="Next"/> turned out to be with what is known of the place itself.</summary>
    public ExecutionContext Complete(ExecutionContext context)
    {
        context = context with { RunsOnce = context.RunsOnce && !Repeats };
        if (context.Kind == ExecutionContextKind.StartUp)
        {
            return Loose ? ExecutionContext.Unknown : context;
        }

        return ScopeLine == 0 || context.Kind == ExecutionContextKind.RequestHandler
            ? context with { ScopeLine = context.ScopeLine == 0 ? ScopeLine : context.ScopeLine }
            : InScope(ScopeLine);
    }

    /// <summary>The context of code inside a request scope that somebody began by hand.</summary>
    public static ExecutionContext InScope(int line) => new(ExecutionContextKind.RequestHandler, $"the request scope begun on line {line}") { ScopeLine = line };
}

/// <summary>Walks from a place outwards: scopes, loops, lambdas, local functions, up to the member. Thread-safe.</summary>
internal sealed class Surroundings(PersistentLoops loops, DelegateUse delegates, MemberContexts members)
{
    /// <summary>What stands around <paramref name="node"/>.</summary>
    /// <param name="node">The place.</param>
    /// <param name="fallback">The member, where the syntax does not tell.</param>
    /// <param name="model">The model of the node's tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public Outcome Of(SyntaxNode node, ISymbol? fallback, SemanticModel model, CancellationToken cancellationToken)
    {
        var outcome = default(Outcome);
        SyntaxNode child = node;
        for (SyntaxNode? parent = node.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (outcome.ScopeLine == 0)
            {
                (RequestScopeCall kind, int line) = EnclosingScope.Between(child, parent, model, cancellationToken);
                if (kind == RequestScopeCall.BeginPersistent)
                {
                    return outcome with { Decided = new(ExecutionContextKind.PersistentServer, $"the persistent scope begun on line {line}") };
                }

                outcome = outcome with { ScopeLine = line };
            }

            if (IsRepeated(child, parent))
            {
                if (loops.Judge(parent, model, cancellationToken) is { } loop)
                {
                    return outcome with
                    {
                        Decided = outcome.ScopeLine > 0
                            ? Outcome.InScope(outcome.ScopeLine) with { Loop = loop, Origin = loop.KeywordLocation }
                            : new(ExecutionContextKind.PersistentServer, loop.Reason) { Loop = loop, Origin = loop.KeywordLocation },
                    };
                }

                if (outcome.ScopeLine > 0)
                {
                    // A scope per iteration: whatever the loop is in, here it plays the requests.
                    return outcome with { Decided = Outcome.InScope(outcome.ScopeLine) };
                }

                outcome = outcome with { Repeats = outcome.Repeats || PersistentLoops.IsOpen(parent, model, cancellationToken) };
            }

            switch (parent)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    DelegateFate fate = delegates.Of(lambda, model, cancellationToken);
                    if (fate.Context.Kind != ExecutionContextKind.Unknown)
                    {
                        return outcome with { Decided = outcome.Complete(members.Hosted(fate.Context, lambda.SyntaxTree)) };
                    }

                    outcome = outcome with { Loose = outcome.Loose || fate.Loose };
                    if (!fate.Around)
                    {
                        return outcome with { Next = fate.KeptIn, Decided = fate.KeptIn is null && outcome.ScopeLine > 0 ? Outcome.InScope(outcome.ScopeLine) : default };
                    }

                    break;
                case LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                    return outcome with { Next = model.GetDeclaredSymbol(parent, cancellationToken) ?? fallback };
                case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax }:
                    ISymbol? property = model.GetDeclaredSymbol(parent.Parent!, cancellationToken);
                    return outcome with { Next = (property as IPropertySymbol)?.GetMethod ?? fallback };
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax initialized }:
                    return outcome with { Next = model.GetDeclaredSymbol(initialized, cancellationToken) };
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax or EventFieldDeclarationSyntax } field:
                    return outcome with { Next = model.GetDeclaredSymbol(field, cancellationToken) };
                case GlobalStatementSyntax:
                    // The scope may still be begun in an earlier top-level statement.
                    break;
                case PrimaryConstructorBaseTypeSyntax or TypeDeclarationSyntax:
                    return outcome with { Next = fallback };
                case CompilationUnitSyntax:
                    return outcome with { Next = model.Compilation.GetEntryPoint(cancellationToken) ?? fallback };
            }
        }

        return outcome with { Next = fallback };
    }

    /// <summary>Whether <paramref name="child"/> is what <paramref name="loop"/> does again and again, and not what starts it.</summary>
    private static bool IsRepeated(SyntaxNode child, SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax or DoStatementSyntax => true,
        ForStatementSyntax @for => child == @for.Statement || child == @for.Condition || @for.Incrementors.Contains(child),
        CommonForEachStatementSyntax @foreach => child == @foreach.Statement,
        _ => false,
    };
}
