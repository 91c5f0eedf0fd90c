using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// The only release stands under a test that holds when there is no block, <c>if (p == null) Free(p);</c>, or when somebody
/// else has it, <c>if (queue.TryAdd(p)) Free(p);</c>. The test is turned round.
/// </summary>
internal sealed class InvertReleaseTest : Repair
{
    public override string Name => "InvertTest";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason == FixData.ReasonForeign)
        {
            // what is released is no block: on the other way it is
            var at = site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>();
            if (at is ExpressionStatementSyntax && (at.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : at.Parent) is IfStatementSyntax { Else: null } wrong && wrong.Condition.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax)))
            {
                yield return Inverted(site, wrong, "Release on the other way");
            }

            yield break;
        }

        if (site.Finding.RuleId == "LIFE006")
        {
            if (TestOfDone(site) is { } again)
            {
                yield return Inverted(site, again, "Release when it is still there");
            }

            yield break;
        }

        if (OwnedBlock.Find(site) is not { Owner: ILocalSymbol, Statement: { } statement } block || StatementList.Around(statement).LastOrDefault() is not { } body)
        {
            yield break;
        }

        var releases = ReleaseCall.PlacesOf(block, body, statement.SpanStart).Select(span => ReleaseCall.At(site, block, span)).ToList();
        foreach (var taken in releases.Select(release => (release?.Statement.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : release?.Statement.Parent) as IfStatementSyntax).Where(test => test is { Else: null } && IsTaking(block, test.Condition)))
        {
            yield return Inverted(site, taken!, $"Release '{block.OwnerText}' when nobody takes it");
        }

        // if (freed) Free(p); at the end, where the flag says that it has been done.
        foreach (var done in releases.Select(release => (release?.Whole.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : release?.Whole.Parent) as IfStatementSyntax).Where(done => done is { Else: null, Condition: IdentifierNameSyntax } && site.Finding.PlacesOf(FixData.Exit).Contains(done.Condition.Span)))
        {
            var title = $"Release '{block.OwnerText}' when it is still there";
            yield return Inverted(site, done!, title);
            if (StatementList.Of(done!.Parent!) is { } list && list.IndexOf(block.Allocation) is >= 0 and var first)
            {
                foreach (var plan in GuardedRelease.Plans(site, list, list.IndexOf(done), title, first + 1, edits => Invert(site, edits, done)))
                {
                    yield return plan;
                }
            }
        }

        if (!site.Finding.LeavesBody && !site.Finding.PlacesOf(FixData.Release).Any() && releases.Count == 1 && releases[0] is { Whole: IfStatementSyntax { Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } or IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax } } test })
        {
            var title = $"Release '{block.OwnerText}' when there is one";
            yield return Inverted(site, test, title);
            yield return Guarded(site, block, test, title);
        }
    }

    /// <summary>The same, in a <c>finally</c> of what stands before it.</summary>
    private static Plan? Guarded(FixSite site, OwnedBlock block, IfStatementSyntax test, string title)
    {
        if (StatementList.Around(test.Parent is GlobalStatementSyntax ? test.Parent : test).FirstOrDefault() is not { } list || list.IndexOf(block.Allocation) is not (>= 0 and var first) || list.IndexOf(test) is var end && (end <= first + 1 || list.UsesLater(first + 1, end)))
        {
            return null;
        }

        var edits = new TryFinallyEdits(site, list, first + 1);
        Invert(site, edits.Edits, test);
        return edits.Guard(end, reuse: true, null, []) ? Plan.Of(title, edits.Edits) : null;
    }

    /// <summary>The second release stands under a flag that the first one has set: <c>Free(p); freed = true; ... if (freed) Free(p);</c>.</summary>
    private static IfStatementSyntax? TestOfDone(FixSite site) =>
        site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax second && (second.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : second.Parent) is IfStatementSyntax { Else: null, Condition: IdentifierNameSyntax flag } test
        && site.Finding.PlacesOf(FixData.Release).Where(span => span.End < test.SpanStart).Any(span => site.NodeAt<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax list }
            && list.Statements.Any(statement => statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax set, Right.RawKind: (int)SyntaxKind.TrueLiteralExpression } } && set.Identifier.ValueText == flag.Identifier.ValueText)) ? test : null;

    /// <summary>The condition is a call that is handed the block.</summary>
    private static bool IsTaking(OwnedBlock block, ExpressionSyntax condition) =>
        condition is InvocationExpressionSyntax call && call.ArgumentList.Arguments.Any(argument => argument.RefKindKeyword.RawKind == 0 && block.References(OwnedBlock.Bare(argument.Expression)).Contains(OwnedBlock.Bare(argument.Expression)));

    private static Plan? Inverted(FixSite site, IfStatementSyntax test, string title)
    {
        var edits = new TextEdits();
        Invert(site, edits, test);
        return Plan.Of(title, edits);
    }

    private static void Invert(FixSite site, TextEdits edits, IfStatementSyntax test) =>
        edits.Replace(test.Condition.Span, test.Condition is IsPatternExpressionSyntax { Expression: var tested } pattern ? $"{tested} is not {pattern.Pattern}" : Negation.Of(site, test.Condition));
}
