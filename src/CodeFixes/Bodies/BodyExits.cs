using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>The ways out of the statements in which a block is alive that pass no release yet.</summary>
internal static class BodyExits
{
    /// <summary>The statements that leave the region, and the block itself when its end can be reached.</summary>
    public static IEnumerable<SyntaxNode> Of(GuardedRegion region)
    {
        var list = region.List;
        for (var i = region.Start; i < list.Statements.Count; i++)
        {
            foreach (var jump in list.Statements[i].DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<StatementSyntax>())
            {
                if (Leaves(jump, list.Container) && !IsReleasedBefore(region, jump))
                {
                    yield return jump;
                }
            }
        }

        if (list.Container is BlockSyntax block && !region.Releases.Any(release => list.Statements.Contains(release.Whole)) && EndIsReached(region, block))
        {
            yield return block;
        }
    }

    /// <summary>
    /// The exits of which the finding says that the block is lost there: for a block that is handed on at others, of
    /// which nothing more is known. A condition stands for the jump that follows from it.
    /// </summary>
    public static IEnumerable<SyntaxNode> Marked(GuardedRegion region)
    {
        var finding = region.Block.Site.Finding;
        var places = finding.PlacesOf(FixData.Exit).ToList();
        foreach (var place in places.Count > 0 || finding.Reason is not (FixData.ReasonIteration or FixData.ReasonPath) ? places : [.. finding.PlacesOf(FixData.Branch)])
        {
            var token = region.Block.Site.Root.FindToken(place.Start);
            var statement = token.Parent?.FirstAncestorOrSelf<StatementSyntax>();
            var jump = statement switch
            {
                IfStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } then } test when test.Condition.Span.Contains(place) => then.Statements.Last(),
                IfStatementSyntax test when test.Condition.Span.Contains(place) => test.Statement,
                _ => statement,
            };
            if (jump is not null && region.List.Container.Span.Contains(jump.Span) && Leaves(jump, region.List.Container))
            {
                yield return jump;
            }
            else if (statement is BlockSyntax block && token == block.CloseBraceToken && region.List.Container is BlockSyntax home && block.Span.Contains(home.Span))
            {
                yield return home;
            }
        }
    }

    private static bool EndIsReached(GuardedRegion region, BlockSyntax block) =>
        region.Block.Site.Model.AnalyzeControlFlow(block.Statements[0], block.Statements[block.Statements.Count - 1]) is { Succeeded: true, EndPointIsReachable: true };

    /// <summary>Whether <paramref name="jump"/> leaves <paramref name="home"/>.</summary>
    public static bool Leaves(StatementSyntax jump, SyntaxNode home) => jump switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax { Expression: not null } => true,
        YieldStatementSyntax yield => yield.IsKind(SyntaxKind.YieldBreakStatement),
        BreakStatementSyntax => Target(jump, canBeSwitch: true) is { } target && target.Span.Contains(home.Span),
        ContinueStatementSyntax => Target(jump, canBeSwitch: false) is { } target && target.Span.Contains(home.Span),
        _ => false,
    };

    private static SyntaxNode? Target(StatementSyntax jump, bool canBeSwitch) =>
        jump.Ancestors().FirstOrDefault(outer => outer is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax || (canBeSwitch && outer is SwitchStatementSyntax));

    /// <summary>A release stands earlier in one of the lists around the jump, so that every way to it passes there.</summary>
    private static bool IsReleasedBefore(GuardedRegion region, StatementSyntax jump) =>
        region.Releases.Any(release => release.Whole.SpanStart < jump.SpanStart && release.Whole.Parent is { } list && jump.Ancestors().Contains(list));
}
