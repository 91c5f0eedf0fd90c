using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// What a function means by the number that it returns: C has status codes, where zero is success, and truth values, where
/// it is failure. Its callers know, and it shows in what they do when the number is one or the other.
/// </summary>
internal static class StatusTests
{
    /// <summary>The result on which the function has succeeded, as the callers at <paramref name="calls"/> see it; null when they do not agree.</summary>
    public static ResultTest? SuccessOf(IEnumerable<SyntaxToken> calls)
    {
        ResultTest? success = null;
        foreach (var test in calls.Select(TestAround))
        {
            if (test is null)
            {
                continue;
            }

            if (test is ResultTest.Zero or ResultTest.NonNegative && success is ResultTest.Zero or ResultTest.NonNegative)
            {
                // what is not negative is zero
                success = test == success ? test : ResultTest.Zero;
                continue;
            }

            if (test == ResultTest.None || (success is not null && success != test))
            {
                return null;
            }

            success = test;
        }

        return success ?? ResultTest.Zero;
    }

    /// <summary>What one call takes for success; null when it does not look, <see cref="ResultTest.None"/> when it is not understood.</summary>
    private static ResultTest? TestAround(SyntaxToken name)
    {
        var call = name.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        if (call is null || !call.Expression.Span.Contains(name.Span))
        {
            return null;
        }

        ExpressionSyntax value = call;
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or CheckedExpressionSyntax)
        {
            value = (ExpressionSyntax)value.Parent;
        }

        return value.Parent switch
        {
            BinaryExpressionSyntax comparison => TestBy(comparison, value),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable, Parent: ParenthesizedExpressionSyntax { Parent: BinaryExpressionSyntax comparison } assigned } when assigned.Expression.Span.Contains(variable.Span) => TestBy(comparison, assigned),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable, Parent: ExpressionStatementSyntax statement } => TestOf(variable.Identifier.ValueText, statement),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var variable, Parent.Parent: LocalDeclarationStatementSyntax statement } } => TestOf(variable, statement),
            _ => null,
        };
    }

    /// <summary>The first comparison of a variable behind the statement that sets it.</summary>
    private static ResultTest? TestOf(string variable, StatementSyntax set)
    {
        var statements = set.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        foreach (var statement in statements.SkipWhile(statement => statement != set).Skip(1))
        {
            foreach (var mention in statement.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (mention.Identifier.ValueText == variable)
                {
                    return mention.Parent is BinaryExpressionSyntax comparison ? TestBy(comparison, mention) : null;
                }
            }
        }

        return null;
    }

    private static ResultTest? TestBy(BinaryExpressionSyntax comparison, ExpressionSyntax value)
    {
        if (FollowsFailure(comparison) is not { } isFailure)
        {
            return null;
        }

        var isZero = (comparison.Left == value ? comparison.Right : comparison.Left) is LiteralExpressionSyntax { Token.Value: 0 };
        return (comparison.Kind(), isZero, isFailure) switch
        {
            (SyntaxKind.EqualsExpression, true, true) or (SyntaxKind.NotEqualsExpression, true, false) => ResultTest.NonZero,
            (SyntaxKind.EqualsExpression, _, false) or (SyntaxKind.NotEqualsExpression, _, true) => ResultTest.Zero,
            (SyntaxKind.LessThanExpression, true, true) or (SyntaxKind.GreaterThanOrEqualExpression, true, false) when comparison.Left == value => ResultTest.NonNegative,
            _ => ResultTest.None,
        };
    }

    /// <summary>Whether what is done when the condition holds is to give up; null when that cannot be told.</summary>
    private static bool? FollowsFailure(ExpressionSyntax condition)
    {
        var isNegated = false;
        SyntaxNode node = condition;
        while (node.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
        {
            node = node.Parent;
            isNegated ^= node is PrefixUnaryExpressionSyntax;
        }

        return node.Parent switch
        {
            IfStatementSyntax statement when statement.Condition == node => (GivesUp(statement.Statement) && !GivesOut(statement.Statement, condition)) != isNegated,
            ConditionalExpressionSyntax choice when choice.Condition == node => choice.WhenTrue is ThrowExpressionSyntax != isNegated,
            ReturnStatementSyntax or ArrowExpressionClauseSyntax => isNegated,
            _ => null,
        };
    }

    /// <summary><c>if (usb_open(device, out var handle) == 0) return handle;</c>: what the call has left in its argument is there.</summary>
    private static bool GivesOut(StatementSyntax statement, ExpressionSyntax condition) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => GivesOut(statements[statements.Count - 1], condition),
        ReturnStatementSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var returned } } => condition.DescendantNodes().Any(node => node is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword } argument && OutName(argument) == returned),
        _ => false,
    };

    private static string? OutName(ArgumentSyntax argument) => argument.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } => variable.Identifier.ValueText,
        _ => null,
    };

    private static bool GivesUp(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => GivesUp(statements[statements.Count - 1]),
        ThrowStatementSyntax or ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax => true,
        _ => false,
    };
}
