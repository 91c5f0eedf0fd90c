using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// <c>q = Realloc(p, n); p[0] = 1;</c> uses the address that the block has no more: the use takes the one that the
/// reallocation gave.
/// </summary>
internal sealed class UseReallocated : Repair
{
    public override string Name => "UseReallocated";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var uses = site.Root.FindNode(site.Finding.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<StatementSyntax>();
        foreach (var span in site.Finding.PlacesOf(FixData.Release).Concat(site.Finding.PlacesOf(FixData.Reallocation)).Distinct())
        {
            if (uses is null || site.NodeAt<ExpressionSyntax>(span) is not { } node || OwnedBlock.Bare(node) is not InvocationExpressionSyntax call || !KeepOrDropResult.IsReallocation(site, call)
                || Result(site, call) is not { } result || call.ArgumentList.Arguments.FirstOrDefault() is not { RefKindKeyword.RawKind: 0 } first
                || OwnedBlock.Bare(first.Expression) is not IdentifierNameSyntax argument || site.Model.GetSymbolInfo(argument, site.CancellationToken).Symbol is not ILocalSymbol old
                || SymbolEqualityComparer.Default.Equals(result, old) || !SymbolEqualityComparer.Default.Equals(result.Type, old.Type))
            {
                continue;
            }

            var edits = new TextEdits();
            foreach (var name in uses.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == old.Name && name.SpanStart > call.Span.End && site.Finding.Span.Contains(name.Span)))
            {
                edits.Replace(name.Span, result.Name);
            }

            yield return Plan.Of($"Use '{result.Name}'", edits);
        }
    }

    /// <summary>The local that gets what the reallocation gives.</summary>
    private static ILocalSymbol? Result(FixSite site, InvocationExpressionSyntax call) => OwnedBlock.Dressed(call).Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) as ILocalSymbol,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => site.Model.GetSymbolInfo(assignment.Left, site.CancellationToken).Symbol as ILocalSymbol,
        _ => null,
    };
}
