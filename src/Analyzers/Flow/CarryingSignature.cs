using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow;

/// <summary>Tells by the syntax alone whether what a member does to blocks can reach its callers.</summary>
internal static class CarryingSignature
{
    /// <summary>The name by which the member around a position can be reached, when a block can go through its signature; null otherwise.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="position">A position in the member.</param>
    /// <param name="owners">Names of types and members that are known to own or to hand out.</param>
    /// <param name="direct">The position names an allocation or a release itself, not a member that does one.</param>
    public static string? NameAt(SyntaxNode root, int position, HashSet<string> owners, bool direct)
    {
        for (var node = root.FindToken(position).Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
                    return IsExtension(method.Parent) || CanCarry(method.ReturnType, owners) || (direct && IsUserType(method.ReturnType)) || CanCarry(method.ParameterList.Parameters, owners, direct) ? method.Identifier.ValueText : null;
                case ConstructorDeclarationSyntax constructor:
                    return constructor.Identifier.ValueText;
                case BaseMethodDeclarationSyntax or IndexerDeclarationSyntax when node.Parent is TypeDeclarationSyntax declaring && node is not DestructorDeclarationSyntax:
                    return declaring.Identifier.ValueText;
                case PropertyDeclarationSyntax property:
                    return IsExtension(property.Parent) || CanCarry(property.Type, owners) ? property.Identifier.ValueText : null;
                case FieldDeclarationSyntax field when field.Parent is TypeDeclarationSyntax type && !field.Modifiers.Any(SyntaxKind.StaticKeyword):
                    return type.Identifier.ValueText;
                case BaseTypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>A C# 14 extension block: what it is declared for is one more argument of its members.</summary>
    private static bool IsExtension(SyntaxNode? parent) => parent is TypeDeclarationSyntax { Keyword.ValueText: "extension" };

    private static bool CanCarry(SeparatedSyntaxList<ParameterSyntax> parameters, HashSet<string> owners, bool direct)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Type is { } type && (CanCarry(type, owners) || (direct && IsUserType(type) && (parameter.Modifiers.Any(SyntaxKind.RefKeyword) || parameter.Modifiers.Any(SyntaxKind.OutKeyword)))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CanCarry(TypeSyntax type, HashSet<string> owners) => type switch
    {
        PointerTypeSyntax or ArrayTypeSyntax or FunctionPointerTypeSyntax => true,
        NullableTypeSyntax nullable => CanCarry(nullable.ElementType, owners),
        RefTypeSyntax reference => CanCarry(reference.Type, owners),
        TupleTypeSyntax tuple => tuple.Elements.Any(element => CanCarry(element.Type, owners)),
        GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask" or "List" or "LinkedList" or "Dictionary" or "Stack" or "Queue" or "ArraySegment" or "Memory" } generic => generic.Identifier.ValueText is "ArraySegment" or "Memory" || generic.TypeArgumentList.Arguments.Any(argument => CanCarry(argument, owners)),
        QualifiedNameSyntax qualified => CanCarry(qualified.Right, owners),
        AliasQualifiedNameSyntax aliased => CanCarry(aliased.Name, owners),
        SimpleNameSyntax name => IsCarryingName(name.Identifier.ValueText) || owners.Contains(name.Identifier.ValueText),
        PredefinedTypeSyntax predefined => predefined.Keyword.IsKind(SyntaxKind.ObjectKeyword),
        _ => false,
    };

    /// <summary>A type of the code's own, which may have a field for a block.</summary>
    private static bool IsUserType(TypeSyntax type) =>
        type is SimpleNameSyntax { Identifier.ValueText: var name } && !name.StartsWith("Task", StringComparison.Ordinal) && !name.StartsWith("ValueTask", StringComparison.Ordinal) &&
        !name.EndsWith("Span", StringComparison.Ordinal) && name is not ("String" or "Boolean" or "Int32" or "Int64" or "Guid" or "DateTime" or "TimeSpan" or "IEnumerable" or "Exception");

    private static bool IsCarryingName(string name) =>
        name is "nint" or "nuint" or "IntPtr" or "UIntPtr" or "T" or "IDisposable" || name.EndsWith("Owner", StringComparison.Ordinal) || name.EndsWith("Handle", StringComparison.Ordinal);
}
