using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>The only pointer to a block moves through it: its start is remembered, and released in a <c>finally</c>.</summary>
internal sealed class KeepStart : Repair
{
    public override string Name => "KeepStart";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonNever || site.Finding.LeavesBody || site.Finding.PlacesOf(FixData.Release).Any()
            || OwnedBlock.Find(site) is not { IsWholeStatement: true, Owner: ILocalSymbol { IsRef: false } owner, Statement: LocalDeclarationStatementSyntax statement } block || !site.Layout.StartsLine(statement.SpanStart)
            || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list || list.IndexOf(statement) is not (>= 0 and var index) || !IsMoved(block, list))
        {
            yield break;
        }

        var end = list.CountWithoutTrailingFunctions();
        var name = NewName.Free(site, statement.SpanStart, "start");
        if (index + 1 >= end || ReleaseText.Call(site, site.ReleaseTemplate, name, owner.Type, statement.Span.End, list.Container) is not { } release)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(list.Container);
        var lines = site.Layout.Styled(release.NeedsUnsafe ? ["unsafe", "{", unit + release.Text + ";", "}"] : [release.Text + ";"], list.Container);
        var edits = new TryFinallyEdits(site, list, index + 1);
        var declared = LocalType.Of(site, owner.Type, statement.SpanStart);
        yield return edits.Guard(end, reuse: false, lines, [$"{declared} {name} = {block.OwnerText};"]) ? Plan.Of($"Remember the start of '{block.OwnerText}' and release that", edits.Edits) : null;
    }

    private static bool IsMoved(OwnedBlock block, StatementList list) => block.References(list.Container).Any(name => name.Parent switch
    {
        PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.PostIncrementExpression) || postfix.IsKind(SyntaxKind.PostDecrementExpression),
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        AssignmentExpressionSyntax assignment => assignment.Left == name && (assignment.IsKind(SyntaxKind.AddAssignmentExpression) || assignment.IsKind(SyntaxKind.SubtractAssignmentExpression)),
        _ => false,
    });
}
