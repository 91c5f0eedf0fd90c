using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Contracts;

/// <summary>LIFE018: what a body does with blocks and other assemblies cannot see, because the public signature says nothing.</summary>
internal sealed class UnwrittenContracts
{
    private readonly FieldOwnership _ownership;
    private readonly CarrierTypes _carriers;

    public UnwrittenContracts(KnownMembers known, FieldOwnership ownership)
    {
        _ownership = ownership;
        _carriers = new CarrierTypes(known);
    }

    /// <summary>Whether other assemblies can call <paramref name="method"/> by its own declaration.</summary>
    public static bool IsPublic(IMethodSymbol method)
    {
        if (method.IsOverride || method.MethodKind is not (MethodKind.Ordinary or MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet) || method.IsImplicitlyDeclared || method.PartialDefinitionPart is not null)
        {
            return false;
        }

        for (ISymbol symbol = method; symbol is not (null or INamespaceSymbol); symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    public IEnumerable<Diagnostic> Judge(IMethodSymbol method, BodyResult result, CancellationToken cancellationToken)
    {
        var outcomes = result.Summary.Outcomes;
        if (method.MethodKind == MethodKind.Ordinary && FamilyGiven(outcomes, null) is { } given)
        {
            yield return Report(method.Locations[0], Allocates(given), FixData.TargetReturn, ContractNames.Of(method), $"gives a block that the caller has to release ({given.ReleaseText})");
        }

        if (method is { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } && FamilyGiven(outcomes, null) is { } read)
        {
            yield return Report(property.Locations[0], $"Allocates(\"{read.Name}\")", "", ContractNames.Of(method), $"gives a block that the caller has to release ({read.ReleaseText})");
        }

        foreach (var parameter in method.Parameters)
        {
            if (method.MethodKind is MethodKind.PropertyGet or MethodKind.PropertySet && !parameter.IsImplicitlyDeclared)
            {
                // the index of an indexer
                continue;
            }

            var name = $"{ContractNames.Of(method)}({parameter.Name})";
            if (parameter.RefKind == RefKind.Out)
            {
                if (FamilyGiven(outcomes, parameter) is { } left)
                {
                    yield return Report(parameter.Locations[0], Allocates(left), "", name, $"gives a block that the caller has to release ({left.ReleaseText})");
                }
            }
            else if (parameter.RefKind == RefKind.Ref)
            {
                if (JudgeReference(outcomes, parameter) is var (attribute, contract))
                {
                    yield return Report(parameter.Locations[0], attribute, "", name, contract);
                }
            }
            else if (!Promises.IsHandedIn(parameter))
            {
                continue;
            }
            else if (FamilyReleased(outcomes, parameter) is { } released)
            {
                yield return method.MethodKind == MethodKind.PropertySet
                    ? Report(method.Locations[0], $"Releases(\"{released.Name}\")", FixData.TargetParameter, ContractNames.Of(method), "releases what it is given")
                    : Report(parameter.Locations[0], $"Releases(\"{released.Name}\")", "", name, "releases what it is handed");
            }
            else if (method.MethodKind == MethodKind.PropertySet)
            {
                if (IsTakenOver(outcomes, parameter, method, cancellationToken))
                {
                    yield return Report(method.Locations[0], "Owned", FixData.TargetParameter, ContractNames.Of(method), "takes over what it is given");
                }
            }
            else if (IsTakenOver(outcomes, parameter, method, cancellationToken))
            {
                yield return Report(parameter.Locations[0], "Owned", "", name, "takes over what it is handed");
            }
        }
    }

    /// <summary>A variable that is lent: what is in it is released, or a block is put there; both at once has no attribute.</summary>
    private static (string Attribute, string Contract)? JudgeReference(ImmutableArray<Outcome> outcomes, IParameterSymbol parameter)
    {
        if (FamilyReleased(outcomes, parameter) is { } released)
        {
            return FamilyGiven(outcomes, parameter) is null ? ($"Releases(\"{released.Name}\")", "releases what it is handed") : null;
        }

        return outcomes.All(outcome => Promises.Given(outcome, parameter) is Pointer) && outcomes.All(outcome => Promises.EffectOn(outcome, parameter) is null) && FamilyGiven(outcomes, parameter) is { } left
            ? (Allocates(left), $"gives a block that the caller has to release ({left.ReleaseText})")
            : null;
    }

    /// <summary>The one family of all blocks that the caller gets; null when it may get something else.</summary>
    private static Family? FamilyGiven(ImmutableArray<Outcome> outcomes, IParameterSymbol? into)
    {
        Family? family = null;
        foreach (var outcome in outcomes)
        {
            var given = Promises.Given(outcome, into);
            if (given is Const { IsNullOrZero: true })
            {
                continue;
            }

            if (Promises.OwnedBlock(outcome, given, into) is not { OwnerType: null, Family: { IsUnspecified: false } own } || (family is not null && family.Name != own.Name))
            {
                return null;
            }

            family = own;
        }

        return family;
    }

    private static Family? FamilyReleased(ImmutableArray<Outcome> outcomes, IParameterSymbol parameter)
    {
        Family? family = null;
        foreach (var outcome in outcomes)
        {
            if (Promises.IsOfNothing(outcome, parameter))
            {
                continue;
            }

            if (Promises.EffectOn(outcome, parameter) is not { Ownership: Ownership.Released, Family: { IsUnspecified: false } own, Input.Place.Kind: PlaceKind.Parameter } || (family is not null && family.Name != own.Name))
            {
                return null;
            }

            family = own;
        }

        return family;
    }

    /// <summary>Kept, whatever happens, in a field that the type releases.</summary>
    private bool IsTakenOver(ImmutableArray<Outcome> outcomes, IParameterSymbol parameter, IMethodSymbol method, CancellationToken cancellationToken) =>
        method.ContainingType is { } type &&
        outcomes.All(outcome => Promises.IsOfNothing(outcome, parameter) ||
            (Promises.KeptIn(outcome, parameter) is { } place && FieldOwnership.FieldOfThis(place, type) is IFieldSymbol field && _carriers.CanCarry(field.Type) && _ownership.IsReleased(field, cancellationToken))) &&
        !outcomes.All(outcome => Promises.IsOfNothing(outcome, parameter));

    /// <summary>What is released by disposing of it says by its type how; of the rest the family has to be named.</summary>
    private static string Allocates(Family family) => family.ReleasedByDispose ? "Owned" : $"Allocates(\"{family.Name}\")";

    private static Diagnostic Report(Location location, string attribute, string target, string member, string contract) =>
        Diagnostic.Create(
            Descriptors.ContractNotWritten,
            location,
            additionalLocations: null,
            ImmutableDictionary<string, string?>.Empty.Add(FixData.AttributeKey, attribute).Add(FixData.TargetKey, target),
            member, contract);
}
