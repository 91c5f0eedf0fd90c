using LifetimeAnalyzers.Flow.Evaluation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Exceptions;

/// <summary>Objects whose making throws nothing: exceptions, what only holds what it is handed, and objects of the project's own that nobody has written a constructor or an initializer for, the base of others among them.</summary>
internal static class QuietCreations
{
    /// <summary>Whether <paramref name="operation"/> makes an object, and nothing that could throw runs for it.</summary>
    public static bool Contain(IOperation operation) =>
        (operation is IObjectCreationOperation { Type: INamedTypeSymbol type, Constructor: { } constructor } && (IsException(type) || OnlyHolds(type, constructor) || ((constructor.IsImplicitlyDeclared || IsPlainPrimary(constructor)) && RunsNothing(type, constructor)))) ||
        (operation is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true, ContainingType: var derivedFrom } called } && (IsAbstractOfLibrary(derivedFrom) || (called.IsImplicitlyDeclared && RunsNothing(derivedFrom))));

    /// <summary>What is there to be derived from, and is told nothing, has nothing to find fault with.</summary>
    private static bool IsAbstractOfLibrary(INamedTypeSymbol type) => type is { IsAbstract: true, DeclaringSyntaxReferences.IsEmpty: true };

    private static bool IsException(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A structure of the library that only keeps what it is handed: <c>new ValueTask&lt;nint&gt;(block)</c>.</summary>
    private static bool OnlyHolds(INamedTypeSymbol type, IMethodSymbol constructor) =>
        type is { IsValueType: true, IsGenericType: true, DeclaringSyntaxReferences.IsEmpty: true, Name: "ValueTask" or "KeyValuePair" or "ValueTuple" or "Nullable" } && constructor.Parameters.All(static parameter => parameter.OriginalDefinition.Type is ITypeParameterSymbol);

    /// <summary>A primary constructor that hands nothing to the base type's.</summary>
    private static bool IsPlainPrimary(IMethodSymbol constructor) =>
        PrimaryConstruction.DeclarationOf(constructor) is ClassDeclarationSyntax declaration && declaration.BaseList?.Types.FirstOrDefault() is not PrimaryConstructorBaseTypeSyntax;

    private static bool RunsNothing(INamedTypeSymbol type, IMethodSymbol? primary = null)
    {
        for (INamedTypeSymbol? current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            if (IsAbstractOfLibrary(current))
            {
                return true;
            }

            // a static constructor or initializer may run as well
            if (current.DeclaringSyntaxReferences.IsEmpty || current.Constructors.Any(constructor => (!constructor.IsImplicitlyDeclared && !SymbolEqualityComparer.Default.Equals(constructor, primary)) || constructor.IsStatic) ||
                current.GetMembers().Any(static member => member is IFieldSymbol or IPropertySymbol && member.DeclaringSyntaxReferences.Any(static declaration => IsInitialized(declaration.GetSyntax()))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsInitialized(SyntaxNode declaration) =>
        (declaration as VariableDeclaratorSyntax)?.Initializer?.Value is { } field && field is not (LiteralExpressionSyntax or IdentifierNameSyntax) ||
        (declaration as PropertyDeclarationSyntax)?.Initializer?.Value is { } property && property is not (LiteralExpressionSyntax or IdentifierNameSyntax);
}
