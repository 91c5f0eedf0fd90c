using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>All members that give or release a block by attribute, in the source and in its references, and the families that they name. Immutable.</summary>
internal sealed class AttributedMembers
{
    private readonly ImmutableDictionary<string, Family> _families;

    private AttributedMembers(ImmutableHashSet<string> names, ImmutableDictionary<string, Family> families)
    {
        Names = names;
        _families = families;
    }

    /// <summary>Their simple names, as code mentions them.</summary>
    public ImmutableHashSet<string> Names { get; }

    /// <summary>The family that attributes call <paramref name="name"/>. A name that nothing releases is a family all the same.</summary>
    public Family FamilyNamed(string name) =>
        _families.TryGetValue(name, out var family) ? family : new Family(name, Lifetime.Process, "the function that releases '" + name + "'");

    /// <summary>Finds the members of <paramref name="compilation"/>.</summary>
    public static AttributedMembers Create(Compilation compilation, CancellationToken cancellationToken)
    {
        var inSource = compilation.SyntaxTrees.SelectMany(tree => NamesInSource.Of(tree, cancellationToken).MethodsIn(compilation, tree, cancellationToken));
        var methods = inSource.Concat(AttributedReferences.MethodsIn(compilation, cancellationToken)).ToArray();
        var names = methods.Select(method => method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : (method.AssociatedSymbol ?? method).Name);

        // The first by name, so that every run says the same.
        var families = methods.SelectMany(method => ContractAttributes.ReleasedFamilies(method).Select(released => (released.Family, released.Place, Method: method)))
            .OrderBy(release => release.Method.IsStatic ? 0 : 1)
            .ThenBy(release => release.Method.GetDocumentationCommentId(), StringComparer.Ordinal)
            .GroupBy(release => release.Family, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => Make(group.Key, group.First().Method, group.First().Place), StringComparer.Ordinal);
        return new AttributedMembers(names.ToImmutableHashSet(StringComparer.Ordinal), families);
    }

    private static Family Make(string name, IMethodSymbol release, int place)
    {
        var isReceiver = place == ParameterReference.ReceiverOrdinal;
        var needsMore = release.Parameters.Any(parameter => parameter.Ordinal != place && !parameter.IsOptional);
        var isPlain = place is 0 or ParameterReference.ReceiverOrdinal && !needsMore && !release.IsGenericMethod && !release.ContainingType.IsGenericType;
        return new Family(name, Lifetime.Process, release.ContainingType.Name + "." + release.Name)
        {
            ReleasedThroughItself = isReceiver,
            ReleasedByDispose = isReceiver && KnownMembers.IsDisposal(release),
            IsPointer = !isReceiver && (release.Parameters[place].Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr }),
            ReleaseTemplate = !isPlain ? null
                : isReceiver ? "{0}." + release.Name + "()"
                : release.IsStatic ? release.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + release.Name + "({0})" : null,
        };
    }
}
