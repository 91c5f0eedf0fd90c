using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Candidates;

/// <summary>What a type that is written somewhere can carry, by its name alone.</summary>
internal static class TypeShapes
{
    /// <summary>Whether an expression is written as nothing: <c>null</c>, <c>default</c>, <c>IntPtr.Zero</c>, <c>0</c>.</summary>
    public static bool IsNothing(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression } or LiteralExpressionSyntax { Token.ValueText: "0" } or DefaultExpressionSyntax => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var operand } => IsNothing(operand),
        CastExpressionSyntax cast => IsNothing(cast.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" } => true,
        _ => false,
    };

    /// <summary>The names of source types that have to carry a block for <paramref name="type"/> to carry one are added to <paramref name="names"/>; true when it does anyway.</summary>
    public static bool Carries(TypeSyntax? type, List<string> names)
    {
        var pending = new Stack<TypeSyntax>();
        if (type is not null)
        {
            pending.Push(type);
        }

        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case PointerTypeSyntax or ArrayTypeSyntax or FunctionPointerTypeSyntax:
                case PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.ObjectKeyword }:
                    return true;
                case NullableTypeSyntax nullable:
                    pending.Push(nullable.ElementType);
                    break;
                case RefTypeSyntax:
                    return true;
                case TupleTypeSyntax tuple:
                    foreach (var element in tuple.Elements)
                    {
                        pending.Push(element.Type);
                    }

                    break;
                case QualifiedNameSyntax qualified:
                    pending.Push(qualified.Right);
                    break;
                case AliasQualifiedNameSyntax aliased:
                    pending.Push(aliased.Name);
                    break;
                case GenericNameSyntax generic:
                    if (IsCarryingName(generic.Identifier.ValueText))
                    {
                        return true;
                    }

                    names.Add(generic.Identifier.ValueText);
                    foreach (var argument in generic.TypeArgumentList.Arguments)
                    {
                        pending.Push(argument);
                    }

                    break;
                case IdentifierNameSyntax name:
                    if (IsCarryingName(name.Identifier.ValueText))
                    {
                        return true;
                    }

                    names.Add(name.Identifier.ValueText);
                    break;
            }
        }

        return false;
    }

    /// <summary>The last name of a type, as a creation mentions it; null for arrays, pointers and tuples.</summary>
    public static string? NameOf(TypeSyntax? type)
    {
        while (true)
        {
            switch (type)
            {
                case NullableTypeSyntax nullable:
                    type = nullable.ElementType;
                    continue;
                case QualifiedNameSyntax qualified:
                    return qualified.Right.Identifier.ValueText;
                case AliasQualifiedNameSyntax aliased:
                    return aliased.Name.Identifier.ValueText;
                case SimpleNameSyntax name:
                    return name.Identifier.ValueText;
                default:
                    return null;
            }
        }
    }

    /// <summary>Names of types of the framework that are pointers, views, handles and owners, and of type parameters, which can be anything.</summary>
    public static bool IsCarryingName(string name) =>
        name is "nint" or "nuint" or "IntPtr" or "UIntPtr" or "dynamic" or "IDisposable" or "IAsyncDisposable" or "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment" or "ReadOnlySequence" or "Array" or "var" ||
        name.EndsWith("Owner", StringComparison.Ordinal) || name.EndsWith("Handle", StringComparison.Ordinal) || name.EndsWith("Stream", StringComparison.Ordinal) || name.EndsWith("Buffer", StringComparison.Ordinal) ||
        IsTypeParameter(name);

    /// <summary>Whether a type is one that nobody can release anything through: a view over what somebody else holds.</summary>
    public static bool IsView(TypeSyntax? type) =>
        NameOf(type) is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ReadOnlySequence";

    private static bool IsTypeParameter(string name) => name.Length > 0 && name[0] == 'T' && (name.Length == 1 || (char.IsUpper(name[1]) && name.Length < 12 && !name.StartsWith("TCP", StringComparison.Ordinal)));
}
