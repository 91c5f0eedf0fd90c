using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>The classes and structs of a namespace, by the types that they derive from or implement. Immutable.</summary>
internal sealed class DerivedTypes
{
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _byAncestor = new(SymbolEqualityComparer.Default);

    public DerivedTypes(INamespaceSymbol root)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is not INamespaceOrTypeSymbol container)
                {
                    continue;
                }

                pending.Push(container);
                if (container is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                {
                    Add(type);
                }
            }
        }
    }

    /// <summary>The types that derive from <paramref name="ancestor"/> or implement it, in a stable order.</summary>
    public IReadOnlyList<INamedTypeSymbol> Of(INamedTypeSymbol ancestor) =>
        _byAncestor.TryGetValue(ancestor.OriginalDefinition, out var types) ? types : [];

    private void Add(INamedTypeSymbol type)
    {
        var ancestors = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            ancestors.Add(current.OriginalDefinition);
        }

        foreach (var declared in type.AllInterfaces)
        {
            ancestors.Add(declared.OriginalDefinition);
        }

        foreach (var ancestor in ancestors)
        {
            if (!_byAncestor.TryGetValue(ancestor, out var types))
            {
                _byAncestor.Add(ancestor, types = new List<INamedTypeSymbol>());
            }

            types.Add(type);
        }
    }
}
