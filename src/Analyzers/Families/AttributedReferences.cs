using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>The members of referenced assemblies that carry ownership attributes. Only assemblies that can know the attributes are opened.</summary>
internal static class AttributedReferences
{
    /// <summary>The members that give or release by attribute, in all references of <paramref name="compilation"/>.</summary>
    public static IEnumerable<IMethodSymbol> MethodsIn(Compilation compilation, CancellationToken cancellationToken)
    {
        var assemblies = compilation.SourceModule.ReferencedAssemblySymbols;
        var declaring = assemblies.Where(ContractAttributes.AreDeclaredIn).Select(assembly => assembly.Name).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        if (declaring.IsEmpty)
        {
            yield break;
        }

        foreach (var assembly in assemblies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (declaring.Contains(assembly.Name) || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => declaring.Contains(reference.Name))))
            {
                foreach (var method in Methods(assembly.GlobalNamespace))
                {
                    if (ContractAttributes.GivesOrReleases(method))
                    {
                        yield return method;
                    }
                }
            }
        }
    }

    private static IEnumerable<IMethodSymbol> Methods(INamespaceSymbol root)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                switch (member)
                {
                    case INamespaceOrTypeSymbol nested:
                        pending.Push(nested);
                        break;
                    case IMethodSymbol method:
                        yield return method;
                        break;
                }
            }
        }
    }
}
