using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// Whether an address that native code gives is read at once, or compared, and goes nowhere: <c>*(int*)seg_address(segment)</c>,
/// <c>Marshal.PtrToStringUTF8(git_reference_name(reference))</c>. What it leads to is part of what was handed to the function.
/// </summary>
internal static class LookedAt
{
    /// <summary>Whether the result of <paramref name="call"/> is only looked at, be it by a local variable.</summary>
    public static bool Is(IOperation call)
    {
        var value = call;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        // in a flow graph, a declaration is an assignment
        var local = value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var declared } } => declared,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var declared, Syntax: VariableDeclaratorSyntax } } => declared,
            _ => null,
        };
        return local is { RefKind: RefKind.None } ? IsOnlyReadBy(local, value.Syntax) : value.Syntax is ExpressionSyntax address && IsLook(address, value.Type);
    }

    private static bool IsOnlyReadBy(ILocalSymbol local, SyntaxNode initializer)
    {
        if (initializer.FirstAncestorOrSelf<BlockSyntax>() is not { } block)
        {
            return false;
        }

        foreach (var node in block.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name && !IsLook(name, local.Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An expression that is an address is compared, or a number or text is read from there.</summary>
    private static bool IsLook(ExpressionSyntax address, ITypeSymbol? type)
    {
        SyntaxNode value = address;
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            if (value.Parent is CastExpressionSyntax { Type: var cast })
            {
                type = null;
                if (cast is PointerTypeSyntax { ElementType: var element })
                {
                    value = value.Parent;
                    while (value.Parent is ParenthesizedExpressionSyntax)
                    {
                        value = value.Parent;
                    }

                    return element is not (PointerTypeSyntax or FunctionPointerTypeSyntax) && !IsAddress(element) && IsRead(value);
                }
            }

            value = value.Parent;
        }

        return value.Parent switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax => true,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Marshal" }, Name.Identifier.ValueText: var function } } } => IsReader(function),
            _ => type is IPointerTypeSymbol { PointedAtType: { TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer), SpecialType: not (SpecialType.System_IntPtr or SpecialType.System_UIntPtr) } } && IsRead(value),
        };
    }

    private static bool IsAddress(TypeSyntax type) => type is SimpleNameSyntax { Identifier.ValueText: "nint" or "nuint" or "IntPtr" or "UIntPtr" };

    private static bool IsRead(SyntaxNode value) => value.Parent switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } read => read.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression },
        ElementAccessExpressionSyntax read => read.Expression == value && read.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression },
        _ => false,
    };

    private static bool IsReader(string function) =>
        function.StartsWith("PtrToString", StringComparison.Ordinal) || function is "ReadByte" or "ReadInt16" or "ReadInt32" or "ReadInt64" or "WriteByte" or "WriteInt16" or "WriteInt32" or "WriteInt64" or "Copy";
}
