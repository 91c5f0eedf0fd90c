using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A block that a member owns is reallocated by a copy of it, <c>p = image-&gt;Pixels; q = Realloc(p, n);</c>, and the
/// member keeps the old address: it gets the new one.
/// </summary>
internal sealed class StoreReallocated : Repair
{
    public override string Name => "StoreReallocated";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var span in site.Finding.PlacesOf(FixData.Release).Concat(site.Finding.PlacesOf(FixData.Allocation)).Concat([site.Finding.Span]).Distinct())
        {
            if (site.NodeAt<ExpressionSyntax>(span) is { } node && OwnedBlock.Bare(node) is InvocationExpressionSyntax call && MovedMember.Find(site, call) is var (statement, member, result))
            {
                var layout = site.Layout;
                var after = NothingTested(statement, result) ?? statement;
                var edits = new TextEdits();
                edits.Insert(layout.NextLine(after.Span.End), (after == statement ? string.Empty : layout.NewLine) + layout.IndentAt(statement.SpanStart) + $"{member} = {result};" + layout.NewLine);
                yield return layout.StartsLine(statement.SpanStart) && layout.EndsLine(after.Span.End) ? Plan.Of($"Store the new address in '{member}'", edits) : null;
            }
        }
    }

    /// <summary>The test behind the reallocation that leaves when there is no new block.</summary>
    private static StatementSyntax? NothingTested(LocalDeclarationStatementSyntax statement, string result)
    {
        var list = ((BlockSyntax)statement.Parent!).Statements;
        var next = list.IndexOf(statement) + 1;
        return next < list.Count && list[next] is IfStatementSyntax { Else: null, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Left: IdentifierNameSyntax tested } condition } test && tested.Identifier.ValueText == result && ReleaseCall.IsNothing(condition.Right) ? test : null;
    }
}
