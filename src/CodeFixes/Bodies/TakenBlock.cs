using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A block that a function of the project has taken out of a list or table, <c>var node = Pop(list);</c>: there may have been none.</summary>
internal static class TakenBlock
{
    /// <summary>Whether there may be none at <paramref name="at"/>: nobody has left because of that, and nobody has looked into it.</summary>
    public static bool MayBeNothing(OwnedBlock block, SyntaxNode at)
    {
        if (!block.Site.Finding.Properties.ContainsKey(FixData.TakenOutKey) || block.Statement?.Parent is not { } list)
        {
            return false;
        }

        // Of a try that begins behind them only what comes before counts.
        var end = at == list ? block.Statement.Span.End : at.SpanStart;
        return !list.ChildNodes().OfType<StatementSyntax>().Where(statement => statement.SpanStart > block.Statement.SpanStart && (statement.SpanStart <= end || IsTest(block, statement))).Any(statement => IsTest(block, statement) || IsLookedInto(block, statement, end));
    }

    /// <summary><c>if (node == null) return;</c></summary>
    private static bool IsTest(OwnedBlock block, StatementSyntax statement) =>
        statement is IfStatementSyntax { Else: null, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } test } branch && block.References(test.Left).Contains(test.Left)
        && (branch.Statement is BlockSyntax { Statements.Count: > 0 } inner ? inner.Statements.Last() : branch.Statement) is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax;

    private static bool IsLookedInto(OwnedBlock block, StatementSyntax statement, int end) => block.References(statement).Any(name => name.Span.End <= end
        && name.Parent is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } && name.Ancestors().TakeWhile(node => node != statement.Parent).All(node => node switch
        {
            IfStatementSyntax test => test.Condition.Span.Contains(name.Span),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } test => test.Left.Span.Contains(name.Span),
            ConditionalExpressionSyntax test => test.Condition.Span.Contains(name.Span),
            WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax => false,
            _ => true,
        }));
}
