using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// The block is released, and replaced only under a condition, <c>Return(p); if (n > p.Length) p = Rent(n);</c>: it is
/// released where it is replaced.
/// </summary>
internal sealed class ReleaseWhereReplaced : Repair
{
    public override string Name => "WhereReplaced";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var place in site.Finding.PlacesOf(FixData.Release).Where(place => place.End < site.Finding.Span.Start).Distinct())
        {
            if (site.NodeAt<ExpressionSyntax>(place)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax list, Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } } release || !site.Layout.StartsLine(release.SpanStart)
                || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax owner || site.Model.GetSymbolInfo(owner, site.CancellationToken).Symbol is not ILocalSymbol { IsRef: false }
                || list.Statements.IndexOf(release) + 1 is var next && (next >= list.Statements.Count || list.Statements[next] is not IfStatementSyntax { Else: null, Statement: BlockSyntax branch }))
            {
                continue;
            }

            if (branch.Statements.OfType<ExpressionStatementSyntax>().FirstOrDefault(statement => statement.Expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax replaced } assignment
                && replaced.Identifier.ValueText == owner.Identifier.ValueText && OwnedBlock.Bare(assignment.Right) is InvocationExpressionSyntax) is not { } anew || !site.Layout.StartsLine(anew.SpanStart))
            {
                continue;
            }

            var edits = new TextEdits();
            edits.Delete(StatementRemoval.LinesOf(site, release.Span));
            edits.Insert(site.Layout.LineStart(anew.SpanStart), site.Layout.IndentAt(anew.SpanStart) + release + site.Layout.NewLine);
            yield return Plan.Of($"Release '{owner}' where it is replaced", edits);
        }
    }
}
