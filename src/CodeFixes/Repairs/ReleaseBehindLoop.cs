using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A loop releases in every turn what was allocated once before it: the release goes behind the loop.</summary>
internal sealed class ReleaseBehindLoop : Repair
{
    public override string Name => "BehindLoop";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax release && release.Expression.Span.Contains(site.Finding.Span)

            // Of a loop that does nothing else, nothing would be left.
            && release.Parent is BlockSyntax { Statements.Count: > 1 })
        {
            yield return MoveReleaseAfterLastUse.BehindLoop(site, release);
        }
    }
}
