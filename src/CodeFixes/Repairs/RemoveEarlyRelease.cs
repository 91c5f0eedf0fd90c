using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A block is released, used, and released once more: the first release is the one too many. And a <c>catch</c> that
/// releases and goes on where the block is used cannot go on: it throws again.
/// </summary>
internal sealed class RemoveEarlyRelease : Repair
{
    public override string Name => "RemoveEarly";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (BeforeUsingEnds(site) is { } early)
        {
            var without = new TextEdits();
            StatementRemoval.Remove(site, without, early);
            yield return Plan.Of($"Remove '{early.ToString().Split('\n')[0].Trim()}': 'using' releases it", without);
        }

        var releases = site.Finding.PlacesOf(FixData.Release).Distinct().Select(place => site.NodeAt<InvocationExpressionSyntax>(place)?.Parent as ExpressionStatementSyntax).ToList();
        if (releases.Count == 0 || releases.Contains(null) || releases[0]!.Span.End > site.Finding.Span.Start)
        {
            yield break;
        }

        var first = releases[0]!;
        var edits = new TextEdits();
        if (releases.Count > 1 && first.Parent!.Span.Contains(site.Finding.Span) && releases.TrueForAll(release => release == first || release!.SpanStart > site.Finding.Span.End))
        {
            StatementRemoval.Remove(site, edits, first);
            yield return Plan.Of($"Remove '{first.ToString().Split('\n')[0].Trim()}': it is released later", edits);
        }

        if (releases.Count == 1 && first.Parent is BlockSyntax { Parent: CatchClauseSyntax { Parent: TryStatementSyntax guard } } body && body.Statements.Last() == first && site.Layout.StartsLine(first.SpanStart) && !guard.Span.Contains(site.Finding.Span))
        {
            edits = new TextEdits();
            edits.Insert(site.Layout.NextLine(first.Span.End), site.Layout.IndentAt(first.SpanStart) + "throw;" + site.Layout.NewLine);
            yield return Plan.Of("Throw again after the release", edits);
        }
    }

    /// <summary>The only release beside the one by a <c>using</c> that is still to come.</summary>
    private static ExpressionStatementSyntax? BeforeUsingEnds(FixSite site)
    {
        var all = site.Finding.PlacesOf(FixData.Release).Distinct().Select(place => site.Root.FindNode(place, getInnermostNodeForTie: true)).ToList();
        var statements = all.Select(node => (node.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Parent as ExpressionStatementSyntax)!).Where(statement => statement is not null).Distinct().ToList();
        return statements.Count == 1 && statements[0].Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: IdentifierNameSyntax owner } }
            && site.Model.GetSymbolInfo(owner, site.CancellationToken).Symbol is ILocalSymbol { IsUsing: true } ? statements[0] : null;
    }
}
