using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Full metadata names of types, as the tables write them: <c>Namespace.Outer+Inner`1</c>. Thread-safe.</summary>
internal static class TypeNames
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, string> s_names = new();

    /// <summary>The full metadata name of <paramref name="type"/>'s definition.</summary>
    public static string Of(INamedTypeSymbol type) => s_names.GetValue(type.OriginalDefinition, Build);

    /// <summary>Whether <paramref name="type"/> is the type of this full metadata name.</summary>
    public static bool Is(ITypeSymbol? type, string fullName) =>
        type is INamedTypeSymbol named && named.MetadataName.Length <= fullName.Length &&
        fullName.EndsWith(named.MetadataName, StringComparison.Ordinal) && Of(named) == fullName;

    /// <summary>The type itself, its base types, and all its interfaces: whatever a table may know it by.</summary>
    public static IEnumerable<INamedTypeSymbol> Ancestry(ITypeSymbol? type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is INamedTypeSymbol named)
            {
                yield return named;
            }
        }

        if (type is null)
        {
            yield break;
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            yield return implemented;
        }
    }

    /// <summary>Whether <paramref name="type"/> is, derives from or implements the type of this name.</summary>
    public static bool IsOrDerivesFrom(ITypeSymbol? type, string fullName) => Ancestry(type).Any(ancestor => Is(ancestor, fullName));

    private static string Build(INamedTypeSymbol type)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = outer.MetadataName + "+" + name;
        }

        for (INamespaceSymbol? space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            name = space.Name + "." + name;
        }

        return name;
    }
}
