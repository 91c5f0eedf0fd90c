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
        var throws = site.Finding.Reason == FixData.ReasonThrows;
        if (!(throws || site.Finding.Reason == FixData.ReasonNever && !site.Finding.PlacesOf(FixData.Release).Any()) || site.Finding.LeavesBody
            || OwnedBlock.Find(site) is not { IsWholeStatement: true, Owner: ILocalSymbol { IsRef: false } owner, Statement: LocalDeclarationStatementSyntax statement } block || !site.Layout.StartsLine(statement.SpanStart)
            || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list || list.IndexOf(statement) is not (>= 0 and var index) || !IsMoved(block, list))
        {
            yield break;
        }

        var end = list.CountWithoutTrailingFunctions();
        var name = NewName.Free(site, statement.SpanStart, "start");
        var title = $"Remember the start of '{block.OwnerText}' and release that";
        var declaration = $"{LocalType.Of(site, owner.Type, statement.SpanStart)} {name} = {block.OwnerText};";
        if (throws)
        {
            // What is released at the end is where the pointer has come to.
            if (list.Statements.LastOrDefault(other => block.References(other).Any()) is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call } last
                && block.References(arguments[0].Expression).FirstOrDefault() is { } moved && moved == OwnedBlock.Bare(arguments[0].Expression) && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && OwnPair.IsReleaseName(method.Name) && list.Statements.Contains(last))
            {
                var guard = new TryFinallyEdits(site, list, index + 1);
                if (!list.UsesLater(index + 1, list.IndexOf(last)))
                {
                    guard.Edits.Replace(moved.Span, name);
                    yield return guard.Guard(list.IndexOf(last), reuse: true, null, [declaration]) ? Plan.Of(title, guard.Edits) : null;
                }
                else
                {
                    StatementRemoval.Remove(site, guard.Edits, last);
                    yield return guard.Guard(end, reuse: false, [last.ToString().Remove(moved.SpanStart - last.SpanStart, moved.Span.Length).Insert(moved.SpanStart - last.SpanStart, name)], [declaration]) ? Plan.Of(title, guard.Edits) : null;
                }
            }

            yield break;
        }

        if (index + 1 >= end || ReleaseText.Call(site, site.ReleaseTemplate, name, owner.Type, statement.Span.End, list.Container) is not { } release)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(list.Container);
        var lines = site.Layout.Styled(release.NeedsUnsafe ? ["unsafe", "{", unit + release.Text + ";", "}"] : [release.Text + ";"], list.Container);
        var edits = new TryFinallyEdits(site, list, index + 1);
        yield return edits.Guard(end, reuse: false, lines, [declaration]) ? Plan.Of(title, edits.Edits) : null;
    }

    private static bool IsMoved(OwnedBlock block, StatementList list) => block.References(list.Container).Any(name => name.Parent switch
    {
        PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.PostIncrementExpression) || postfix.IsKind(SyntaxKind.PostDecrementExpression),
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        AssignmentExpressionSyntax assignment => assignment.Left == name && (assignment.IsKind(SyntaxKind.AddAssignmentExpression) || assignment.IsKind(SyntaxKind.SubtractAssignmentExpression)),
        _ => false,
    });
}
