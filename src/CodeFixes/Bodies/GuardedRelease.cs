using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A release as it is written, with the tests around it, becomes the <c>finally</c> of what stands before it.</summary>
internal static class GuardedRelease
{
    /// <summary>The ways to guard what stands before the statement at <paramref name="end"/>, back to where what it names is declared, and not further than <paramref name="earliest"/>; with <paramref name="edit"/> in it.</summary>
    public static IEnumerable<Plan?> Plans(FixSite site, StatementList list, int end, string title, int earliest = 0, Action<TextEdits>? edit = null)
    {
        var used = Names(list.Statements[end].DescendantNodes());
        var released = Names(list.Statements[end].DescendantNodes().OfType<InvocationExpressionSyntax>().SelectMany(call => call.DescendantNodes()));
        var start = end;
        while (start > earliest && !Declares(list.Statements[start - 1], used) && !Moves(list.Statements[start - 1], released) && !MayPass(list.Statements[start - 1]))
        {
            start--;
        }

        if (start == end)
        {
            yield break;
        }

        var clearing = Clearing(list, end, released);
        if (!list.UsesLater(start, end))
        {
            var edits = new TryFinallyEdits(site, list, start) { Reused = 1 + clearing.Count };
            edit?.Invoke(edits.Edits);
            yield return edits.Guard(end, reuse: true, null, []) ? Plan.Of(title, edits.Edits) : null;
        }
        else if (edit is null && list.Statements[end] is ExpressionStatementSyntax release && end + 1 < list.Statements.Count)
        {
            // What is computed before is used behind: all of it is guarded.
            var edits = new TryFinallyEdits(site, list, start);
            StatementRemoval.Remove(site, edits.Edits, [release, .. clearing]);
            yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [release.ToString(), .. clearing.Select(statement => statement.ToString())], []) ? Plan.Of(title, edits.Edits) : null;
        }
    }

    /// <summary>What is forgotten right behind its release: whoever comes next must not find it, however the body is left.</summary>
    private static List<StatementSyntax> Clearing(StatementList list, int end, HashSet<string> released) => list.Statements.Skip(end + 1).TakeWhile(statement =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax, Right: var value } assignment }
        && ReleaseCall.IsNothing(value) && released.Contains(((assignment.Left as MemberAccessExpressionSyntax)?.Name ?? (SimpleNameSyntax)assignment.Left).Identifier.ValueText)).ToList();

    private static HashSet<string> Names(IEnumerable<SyntaxNode> nodes) => new(nodes.OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal);

    private static bool Declares(StatementSyntax statement, HashSet<string> names) => statement.DescendantNodesAndSelf(node => node is not BlockSyntax).Any(node =>
        (node is VariableDeclaratorSyntax variable && names.Contains(variable.Identifier.ValueText)) || (node is SingleVariableDesignationSyntax designation && names.Contains(designation.Identifier.ValueText)));

    /// <summary>What is released is given another value that is made of it: in the middle of that it may be no block.</summary>
    private static bool Moves(StatementSyntax statement, HashSet<string> names) => statement.DescendantNodes().Any(node =>
        node is IdentifierNameSyntax name && names.Contains(name.Identifier.ValueText) && name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name && (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || Names(assignment.Right.DescendantNodesAndSelf()).Contains(name.Identifier.ValueText)),
            PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            PrefixUnaryExpressionSyntax prefix => prefix.RawKind is (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != (int)SyntaxKind.None,
            _ => false,
        });

    /// <summary>A way out without the release: where the caller keeps the block, perhaps.</summary>
    private static bool MayPass(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is ReturnStatementSyntax or YieldStatementSyntax or GotoStatementSyntax or LabeledStatementSyntax);
}
