using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>What the members of an owner are called and say, and who reaches its fields.</summary>
internal static class OwnerMembers
{
    internal static bool IsDisposal(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Destructor ||
        method.Name.Substring(method.Name.LastIndexOf('.') + 1) is "Dispose" or "DisposeAsync" or "DisposeCore" or "DisposeAsyncCore" or "Close" or "Free" or "ReleaseHandle" or "Destroy";

    /// <summary>What the type calls its release: a finalizer counts; null when it has none.</summary>
    internal static string? DisposalOf(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsStatic: false } method && IsDisposal(method))
            {
                return method.MethodKind == MethodKind.Destructor ? "the finalizer" : method.Name;
            }
        }

        return type.AllInterfaces.Any(declared => declared.SpecialType == SpecialType.System_IDisposable) ? "Dispose" : null;
    }

    /// <summary>What the code calls the field: of an automatic property, the property.</summary>
    internal static string NameOf(IFieldSymbol field) => (field.AssociatedSymbol ?? field).Name;

    /// <summary>Only the type itself can release what it keeps in a private field: it is no reference to what somebody else has, and no class that is nested in the type says its name.</summary>
    internal static bool IsOnlyReachedHere(IFieldSymbol field, INamedTypeSymbol type)
    {
        if (field is not { DeclaredAccessibility: Accessibility.Private, RefKind: RefKind.None })
        {
            return false;
        }

        foreach (var nested in type.GetTypeMembers())
        {
            if (nested is { IsImplicitlyDeclared: false, TypeKind: TypeKind.Class } && Mentions(nested, NameOf(field)))
            {
                return false;
            }
        }

        return true;
    }

    internal static IFieldSymbol? Field(Place place, INamedTypeSymbol type) => FieldOwnership.FieldOfThis(place, type) as IFieldSymbol;

    internal static bool Mentions(ISymbol member, string name) =>
        member.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantTokens().Any(token => token.ValueText == name));

    /// <summary>How often the code of <paramref name="method"/> says a name.</summary>
    internal static int CountOf(IMethodSymbol method, string name) =>
        method.DeclaringSyntaxReferences.Sum(reference => reference.GetSyntax().DescendantTokens().Count(token => token.ValueText == name));
}
