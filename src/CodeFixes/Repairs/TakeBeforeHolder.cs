using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A list is walked while it is released, and the next node is read out of the one that is gone: the nodes behind it are
/// lost with it. It is read before.
/// </summary>
internal sealed class TakeBeforeHolder : Repair
{
    private readonly TakeBeforeRelease _taking = new();

    public override string Name => "TakeBeforeHolder";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var place in site.Finding.PlacesOf(FixData.Holder))
        {
            if (site.NodeAt<InvocationExpressionSyntax>(place) is not { ArgumentList.Arguments: { Count: > 0 } arguments, Parent: ExpressionStatementSyntax { Parent: { } parent } release } || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax holder
                || StatementList.Of(parent) is not { } list || list.IndexOf(release) + 1 is var next && (next >= list.Statements.Count || list.Statements[next] is not ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax step })
                || step.Right.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().FirstOrDefault(read => read.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == holder.Identifier.ValueText) is not { } use)
            {
                continue;
            }

            // As if the use after the release were reported: that is what it is.
            var there = site.Finding with { Span = use.Span, Places = ImmutableArray.Create<(string, TextSpan)>((FixData.Release, place)) };
            foreach (var plan in _taking.Plans(site.With(there)))
            {
                yield return plan;
            }
        }
    }
}
