using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// The classes and structs of the source, by the types that they derive from or implement. What derives by its name is found
/// first, and only the bases of that are bound. Thread-safe, memoised.
/// </summary>
internal sealed class DerivedTypes(Compilation compilation, CandidateIndex candidates)
{
    private readonly Lazy<Dictionary<string, List<Declared>>> _byName = new(() => DeclaredIn(compilation.Assembly.GlobalNamespace));
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<INamedTypeSymbol>> _found = new(SymbolEqualityComparer.Default);

    /// <summary>The types that derive from <paramref name="ancestor"/> or implement it, in a stable order.</summary>
    public IReadOnlyList<INamedTypeSymbol> Of(INamedTypeSymbol ancestor) => _found.GetOrAdd(ancestor.OriginalDefinition, Find);

    private IReadOnlyList<INamedTypeSymbol> Find(INamedTypeSymbol ancestor)
    {
        var found = new List<Declared>();
        foreach (var name in candidates.Names.WithDerived(ancestor.Name))
        {
            if (_byName.Value.TryGetValue(name, out var types))
            {
                found.AddRange(types.Where(type => Derives(type.Type, ancestor)));
            }
        }

        found.Sort(static (one, other) => one.Order.CompareTo(other.Order));
        return found.ConvertAll(static type => type.Type);
    }

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        if (ancestor.TypeKind == TypeKind.Interface)
        {
            return type.AllInterfaces.Any(declared => SymbolEqualityComparer.Default.Equals(declared.OriginalDefinition, ancestor));
        }

        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, List<Declared>> DeclaredIn(INamespaceSymbol root)
    {
        var byName = new Dictionary<string, List<Declared>>(StringComparer.Ordinal);
        var order = 0;
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var container = pending.Pop();
            if (container is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            {
                if (!byName.TryGetValue(type.Name, out var types))
                {
                    byName.Add(type.Name, types = new List<Declared>());
                }

                types.Add(new Declared(type, order++));
            }

            // to ask for all members would have those of every type made
            foreach (var nested in container.GetTypeMembers())
            {
                pending.Push(nested);
            }

            foreach (var inner in (container as INamespaceSymbol)?.GetNamespaceMembers() ?? [])
            {
                pending.Push(inner);
            }
        }

        return byName;
    }

    private readonly record struct Declared(INamedTypeSymbol Type, int Order);
}
