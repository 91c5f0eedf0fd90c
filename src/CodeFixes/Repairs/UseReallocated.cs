using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// <c>q = Realloc(p, n); p[0] = 1;</c> uses the address that the block has no more: the use takes the one that the
/// reallocation gave. So does <c>q[0] = 1</c> behind <c>q = p; p = Realloc(p, n);</c>.
/// </summary>
internal sealed class UseReallocated : Repair
{
    public override string Name => "UseReallocated";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var uses = site.Root.FindNode(site.Finding.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<StatementSyntax>();
        foreach (var span in site.Finding.PlacesOf(FixData.Release).Concat(site.Finding.PlacesOf(FixData.Reallocation)).Distinct())
        {
            if (uses is null || site.NodeAt<ExpressionSyntax>(span) is not { } node || OwnedBlock.Bare(node) is not InvocationExpressionSyntax call)
            {
                continue;
            }

            foreach (var (old, result) in Names(site, call).Where(names => !IsGivenAnother(names.Old, names.Result, call)))
            {
                var edits = new TextEdits();
                foreach (var name in uses.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == old.Name && name.SpanStart > call.Span.End && (site.Finding.Span.Contains(name.Span) || name.Span.Contains(site.Finding.Span))))
                {
                    edits.Replace(name.Span, result.Name);
                }

                yield return Plan.Of($"Use '{result.Name}'", edits);
            }
        }
    }

    /// <summary>What holds the address of before, and what holds the one of now: the argument and the result; and where one variable is both, what was made of it before.</summary>
    private static IEnumerable<(ILocalSymbol Old, ISymbol Result)> Names(FixSite site, InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (OwnedBlock.Bare(argument.Expression) is not IdentifierNameSyntax name || site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is not ILocalSymbol old)
            {
                continue;
            }

            var result = argument.RefKindKeyword.RawKind == (int)SyntaxKind.RefKeyword ? (IsResizing(site, call) ? old : null) : KeepOrDropResult.IsReallocation(site, call) && argument == call.ArgumentList.Arguments[0] ? Result(site, call) : null;
            if (result is not null && !SymbolEqualityComparer.Default.Equals(result, old) && SymbolEqualityComparer.Default.Equals((result as ILocalSymbol)?.Type ?? (result as IFieldSymbol)?.Type, old.Type))
            {
                yield return (old, result);
            }
            else if (SymbolEqualityComparer.Default.Equals(result, old))
            {
                foreach (var copy in StatementList.Around(call).SelectMany(list => list.Statements.Take(Math.Max(0, list.IndexOf(call)))).OfType<LocalDeclarationStatementSyntax>().SelectMany(statement => statement.Declaration.Variables))
                {
                    if (copy.Initializer?.Value is { } value && OwnedBlock.Bare(value) is IdentifierNameSyntax made && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(made, site.CancellationToken).Symbol, old) && site.Model.GetDeclaredSymbol(copy, site.CancellationToken) is ILocalSymbol before)
                    {
                        yield return (before, old);
                    }
                }
            }
        }
    }

    /// <summary>The old name may mean another place by then: <c>cur = frames + i</c>, and in the next turn of the loop no longer the start.</summary>
    private static bool IsGivenAnother(ISymbol old, ISymbol result, InvocationExpressionSyntax call) => !SymbolEqualityComparer.Default.Equals(old, result)
        && call.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is { } member
        && member.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => !assignment.Span.Contains(call.Span) && assignment.Left.ToString() == old.Name && (assignment.SpanStart > call.Span.End || IsInLoopOf(assignment, call)),
            PostfixUnaryExpressionSyntax step => step.Operand.ToString() == old.Name,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => step.Operand.ToString() == old.Name,
            _ => false,
        });

    private static bool IsInLoopOf(SyntaxNode node, SyntaxNode call) => call.Ancestors().Any(loop => loop is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax && loop.Span.Contains(node.Span));

    /// <summary>What the call takes by reference holds the same in another block behind it, and not nothing.</summary>
    private static bool IsResizing(FixSite site, InvocationExpressionSyntax call) =>
        KeepOrDropResult.IsReallocation(site, call) || (site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { Name: var name } && (name.StartsWith("Resize", StringComparison.Ordinal) || name.StartsWith("Grow", StringComparison.Ordinal)));

    /// <summary>The local, or the field of this object, that gets what the reallocation gives.</summary>
    private static ISymbol? Result(FixSite site, InvocationExpressionSyntax call) => OwnedBlock.Dressed(call).Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) as ILocalSymbol,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax target } => site.Model.GetSymbolInfo(target, site.CancellationToken).Symbol is var symbol and (ILocalSymbol or IFieldSymbol) ? symbol : null,
        _ => null,
    };
}
