using LifetimeAnalyzers.CodeFixes.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>The opposite of a condition, as somebody would write it.</summary>
internal static class Negation
{
    /// <summary>The text that is true where <paramref name="condition"/> is not.</summary>
    public static string Of(FixSite site, ExpressionSyntax condition)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Of(site, parenthesized.Expression);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: { } operand }:
                return (operand is ParenthesizedExpressionSyntax inner ? inner.Expression : operand).ToString();
            case BinaryExpressionSyntax binary when Opposite(site, binary) is { } opposite:
                return site.Text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(binary.SpanStart, binary.OperatorToken.SpanStart)) + opposite + site.Text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(binary.OperatorToken.Span.End, binary.Span.End));
            case IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or LiteralExpressionSyntax:
                return "!" + condition;
            default:
                return "!(" + condition + ")";
        }
    }

    private static string? Opposite(FixSite site, BinaryExpressionSyntax binary) => binary.Kind() switch
    {
        SyntaxKind.EqualsExpression when IsBuiltIn(site, binary) => "!=",
        SyntaxKind.NotEqualsExpression when IsBuiltIn(site, binary) => "==",
        SyntaxKind.LessThanExpression when IsOrdered(site, binary) => ">=",
        SyntaxKind.LessThanOrEqualExpression when IsOrdered(site, binary) => ">",
        SyntaxKind.GreaterThanExpression when IsOrdered(site, binary) => "<=",
        SyntaxKind.GreaterThanOrEqualExpression when IsOrdered(site, binary) => "<",
        _ => null,
    };

    /// <summary>A type's own operators need not be each other's opposite.</summary>
    private static bool IsBuiltIn(FixSite site, BinaryExpressionSyntax binary) =>
        site.Model.GetSymbolInfo(binary, site.CancellationToken).Symbol is not IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator };

    /// <summary>Of two numbers one is not smaller when it is greater or equal; floating-point ones may be neither, and so may those that may be missing.</summary>
    private static bool IsOrdered(FixSite site, BinaryExpressionSyntax binary) =>
        IsBuiltIn(site, binary) && new[] { binary.Left, binary.Right }.All(side => site.Model.GetTypeInfo(OwnedBlock.Bare(side), site.CancellationToken).Type is { } type
            && (type.TypeKind is TypeKind.Enum or TypeKind.Pointer || type.SpecialType is (>= SpecialType.System_Char and <= SpecialType.System_UInt64) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr));
}
