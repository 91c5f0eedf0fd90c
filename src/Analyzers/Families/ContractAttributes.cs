using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>The ownership attributes, matched by full name, so that a project may carry its own copy of them.</summary>
internal static class ContractAttributes
{
    private const string Namespace = "LifetimeAnalyzers";
    private const string Allocates = "AllocatesAttribute";
    private const string Releases = "ReleasesAttribute";
    private const string Owned = "OwnedAttribute";
    private const string Borrowed = "BorrowedAttribute";
    private const string Held = "HeldAttribute";

    private static readonly string[] s_names = [Allocates, Releases, Owned, Borrowed, Held];

    /// <summary>Whether any of the attributes is declared in <paramref name="compilation"/> or in what it references.</summary>
    public static bool AreDeclaredIn(Compilation compilation) =>
        compilation.GlobalNamespace.GetMembers(Namespace).OfType<INamespaceSymbol>().Any(Declares);

    /// <summary>Whether <paramref name="assembly"/> itself declares one.</summary>
    public static bool AreDeclaredIn(IAssemblySymbol assembly) =>
        assembly.GlobalNamespace.GetMembers(Namespace).OfType<INamespaceSymbol>().Any(Declares);

    /// <summary>Whether <paramref name="name"/>, as an attribute list has it, can be one that makes a member interesting: it gives or releases.</summary>
    public static bool NamesAllocation(string name) => name is "Allocates" or Allocates or "Releases" or Releases or "Owned" or Owned;

    /// <summary>Whether attributes of <paramref name="method"/> itself say that it gives or releases a block.</summary>
    public static bool GivesOrReleases(IMethodSymbol method) =>
        Any(method.GetAttributes(), Allocates, Releases) || Any(method.GetReturnTypeAttributes(), Owned, Allocates)
        || (method is { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } && Any(property.GetAttributes(), Allocates))
        || method.Parameters.Any(p => Any(p.GetAttributes(), Allocates, Releases) || (p.RefKind is RefKind.Out or RefKind.Ref && Any(p.GetAttributes(), Owned)));

    /// <summary>Adds what the attributes of <paramref name="declaration"/> say to <paramref name="builder"/>.</summary>
    /// <param name="declaration">The method, or one that it overrides or implements: the ordinals are the same.</param>
    /// <param name="builder">Gathers the contract.</param>
    /// <param name="familyNamed">Finds or makes the family of a name.</param>
    /// <param name="ownedFamily">The family of a block of a type that is owned without saying which.</param>
    public static void Read(IMethodSymbol declaration, ContractBuilder builder, Func<string, Family> familyNamed, Func<ITypeSymbol, Family> ownedFamily)
    {
        var source = "[" + declaration.ContainingType?.Name + "." + declaration.Name + "]";
        // An [Owned] property is released by its type: that says nothing of who reads it.
        var attributes = declaration.AssociatedSymbol is IPropertySymbol property ? declaration.GetAttributes().AddRange(property.GetAttributes().Where(attribute => NameOf(attribute) != Owned)) : declaration.GetAttributes();
        foreach (var attribute in attributes.AddRange(declaration.GetReturnTypeAttributes()))
        {
            switch (NameOf(attribute))
            {
                case Allocates when declaration.MethodKind != MethodKind.PropertySet:
                    builder.AddAttributedBlock(FamilyOf(attribute) is { } named ? familyNamed(named) : ownedFamily(declaration.ReturnType), PlaceOfBlock(declaration), mayBeNull: false, source);
                    break;
                case Owned when !declaration.ReturnsVoid:
                    builder.AddAttributedBlock(FamilyOf(attribute) is { } owned ? familyNamed(owned) : ownedFamily(declaration.ReturnType), ParameterReference.Missing, mayBeNull: IsAnnotatedNullable(declaration), source);
                    break;
                case Releases:
                    var place = declaration.Parameters.IsEmpty ? ParameterReference.ReceiverOrdinal : 0;
                    builder.AddHandover(place, Handover.Releases, FamilyOf(attribute) is { } released ? familyNamed(released) : null, source);
                    break;
            }
        }

        foreach (var parameter in declaration.Parameters)
        {
            ReadParameter(parameter, builder, familyNamed, ownedFamily, source);
        }

        builder.JoinToReallocation();
    }

    /// <summary>The families that <paramref name="method"/> releases by its own attributes, each with the parameter's ordinal, or <see cref="ParameterReference.ReceiverOrdinal"/>.</summary>
    public static IEnumerable<(string Family, int Place)> ReleasedFamilies(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (NameOf(attribute) == Releases && FamilyOf(attribute) is { } family)
            {
                yield return (family, method.Parameters.IsEmpty ? ParameterReference.ReceiverOrdinal : 0);
            }
        }

        foreach (var parameter in method.Parameters)
        {
            foreach (var attribute in parameter.GetAttributes())
            {
                if (NameOf(attribute) == Releases && FamilyOf(attribute) is { } family)
                {
                    yield return (family, parameter.Ordinal);
                }
            }
        }
    }

    /// <summary>What the attributes of a field say about what is stored in it.</summary>
    public static Handover OwnershipOf(IFieldSymbol field)
    {
        foreach (var attribute in field.GetAttributes().AddRange(field.AssociatedSymbol?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty))
        {
            switch (NameOf(attribute))
            {
                case Owned: return Handover.Takes;
                case Held: return Handover.Holds;
                case Borrowed: return Handover.Borrows;
            }
        }

        return Handover.Unknown;
    }

    /// <summary>
    /// Whether <paramref name="method"/> is marked as never returning. Attributes are dear to read, so only where they can
    /// be: a method that gives nothing, or whose result or name shows that it is none.
    /// </summary>
    public static bool NeverReturns(IMethodSymbol method) =>
        (method.ReturnsVoid || method.ReturnType.TypeKind == TypeKind.TypeParameter
            || method.Name.StartsWith("Throw", StringComparison.Ordinal) || method.Name.StartsWith("Fail", StringComparison.Ordinal))
        && method.GetAttributes().Any(a => a.AttributeClass is { Name: "DoesNotReturnAttribute", ContainingNamespace.Name: "CodeAnalysis" });

    private static void ReadParameter(IParameterSymbol parameter, ContractBuilder builder, Func<string, Family> familyNamed, Func<ITypeSymbol, Family> ownedFamily, string source)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            switch (NameOf(attribute))
            {
                case Allocates:
                case Owned when parameter.RefKind == RefKind.Out:
                    builder.AddAttributedBlock(FamilyOf(attribute) is { } named ? familyNamed(named) : ownedFamily(parameter.Type), parameter.Ordinal, mayBeNull: false, source);
                    break;
                case Releases:
                    builder.AddHandover(parameter.Ordinal, Handover.Releases, FamilyOf(attribute) is { } released ? familyNamed(released) : null, source);
                    break;
                case Owned:
                    builder.AddHandover(parameter.Ordinal, Handover.Takes, null, source);
                    break;
                case Held:
                    builder.AddHandover(parameter.Ordinal, Handover.Holds, null, source);
                    break;
                case Borrowed:
                    builder.AddHandover(parameter.Ordinal, Handover.Borrows, null, source);
                    break;
            }
        }
    }

    private static int PlaceOfBlock(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.Constructor)
        {
            return ParameterReference.ReceiverOrdinal;
        }

        var isTry = method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean;
        var given = isTry ? method.Parameters.FirstOrDefault(p => p.RefKind == RefKind.Out) : null;
        return given?.Ordinal ?? ParameterReference.Missing;
    }

    private static bool IsAnnotatedNullable(IMethodSymbol method) => method.ReturnNullableAnnotation == NullableAnnotation.Annotated;

    private static string? FamilyOf(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is string { Length: > 0 } family ? family : null;

    private static bool Any(ImmutableArray<AttributeData> attributes, params string[] names) =>
        attributes.Any(attribute => NameOf(attribute) is { } name && Array.IndexOf(names, name) >= 0);

    private static string? NameOf(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingType: null, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } type ? type.Name : null;

    private static bool Declares(INamespaceSymbol space) => s_names.Any(name => !space.GetTypeMembers(name).IsEmpty);
}
