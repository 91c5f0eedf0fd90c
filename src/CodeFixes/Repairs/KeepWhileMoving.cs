using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A reallocation that fails leaves the block where it is: <c>b->Data = realloc(b->Data, n); if (b->Data == null) return false;</c>
/// loses it then. The result goes into a variable of its own, and takes the place of the old pointer when there is one.
/// </summary>
internal sealed class KeepWhileMoving : Repair
{
    public override string Name => "KeepWhileMoving";

    /// <inheritdoc/>
    public override bool FitsWhereNoReleaseDoes => true;

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } call || OwnedBlock.Dressed(call) is not { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax block } statement } assignment }
            || site.Model.GetTypeInfo(target, site.CancellationToken).Type is not { } type || !site.Layout.StartsLine(statement.SpanStart)
            || block.Statements.IndexOf(statement) + 1 is var next && next >= block.Statements.Count)
        {
            yield break;
        }

        var name = NewName.Free(site, statement.SpanStart, "moved");
        var indent = site.Layout.IndentAt(statement.SpanStart);
        var edits = new TextEdits();
        edits.Replace(target.Span, LocalType.Of(site, assignment.Right, type) + " " + name);
        switch (block.Statements[next])
        {
            case IfStatementSyntax { Else: null, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } asked } test when asked.Left.IsEquivalentTo(target, topLevel: false) && Leaves(test.Statement) && !Mentions(test.Statement, target):
                edits.Replace(asked.Left.Span, name);
                edits.Insert(site.Layout.NextLine(test.Span.End), site.Layout.Indented([string.Empty, $"{target} = {name};"], indent));
                break;
            case ReturnStatementSyntax { Expression: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } asked } last when asked.Left.IsEquivalentTo(target, topLevel: false) && site.Layout.StartsLine(last.SpanStart):
                edits.Replace(last.Span, string.Join(site.Layout.NewLine + indent, site.Layout.Styled([$"if ({name} == {asked.Right})", "{", site.Layout.UnitAt(statement) + "return false;", "}"], statement)) + site.Layout.NewLine + site.Layout.NewLine + $"{indent}{target} = {name};{site.Layout.NewLine}{indent}return true;");
                break;
            default:
                yield break;
        }

        yield return Plan.Of($"Keep '{target}' until it has been moved", edits);
    }

    private static bool Leaves(StatementSyntax statement) =>
        (statement is BlockSyntax { Statements: { Count: > 0 } inner } ? inner.Last() : statement) is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax;

    private static bool Mentions(SyntaxNode code, ExpressionSyntax target) => code.DescendantNodes().Any(node => node is ExpressionSyntax mention && mention.IsEquivalentTo(target, topLevel: false));
}
