using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// The block is released under another name, or as a flag, a mode or the arm of a test says: that release, as it is,
/// becomes a <c>finally</c> of what stands before it. Nobody has to know what the variables hold.
/// </summary>
internal sealed class GuardRelease : Repair
{
    public override string Name => "GuardRelease";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonThrows || site.Finding.LeavesBody || site.Finding.PlacesOf(FixData.Release).Select(place => (Microsoft.CodeAnalysis.Text.TextSpan?)place).LastOrDefault() is not { } last
            || site.NodeAt<ExpressionSyntax>(last)?.FirstAncestorOrSelf<StatementSyntax>() is not { } release)
        {
            yield break;
        }

        foreach (var list in StatementList.Around(release.Parent is GlobalStatementSyntax ? release.Parent : release))
        {
            var end = list.IndexOf(release);
            if (end < 0 || !OnlyTests(list.Statements[end]))
            {
                yield break;
            }

            // Before the allocation there is nothing, which not every release takes.
            foreach (var plan in GuardedRelease.Plans(site, list, end, "Release in a finally block", site.ReleaseTakesNull ? 0 : list.IndexOf(site.Root.FindNode(site.Finding.Span)) + 1))
            {
                yield return plan;
            }
        }
    }

    /// <summary>A release, or tests with releases in their arms: nothing in it leaves, declares or repeats.</summary>
    private static bool OnlyTests(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf().OfType<StatementSyntax>().All(inner => inner is BlockSyntax or IfStatementSyntax or ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or ConditionalAccessExpressionSyntax or AssignmentExpressionSyntax });
}
