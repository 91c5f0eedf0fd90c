using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A type puts blocks into a field that it inherits: one that nobody releases, because the base leaves that to those that
/// derive from it, or one that holds another block already (LIFE013).
/// </summary>
internal sealed class InheritedFields(FieldOwnership ownership)
{
    /// <summary>A block goes into an inherited field, and neither the type nor its bases release what is in it.</summary>
    public Diagnostic? JudgeFill(Departure departure, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var block = departure.Block;
        if (type.IsAbstract || block is not { OwnerType: null, IsKeptByObject: false, Site: not null, Family: { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false } } ||
            departure.Place is not { } place || Field(place, type) is not { } field || ownership.Instances.AreAllOf(type, cancellationToken))
        {
            return null;
        }

        var use = ownership.Of(field, cancellationToken);
        if (use.IsHandedOn || use.IsUnclear || use.IsReleasedWithin || use.ReleasedBy.Any(static member => member.DeclaredAccessibility is not (Accessibility.Protected or Accessibility.Private or Accessibility.ProtectedAndInternal) || member.IsVirtual || member.IsOverride || OwnerMembers.IsDisposal(member)))
        {
            return null;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.OriginalDefinition.GetMembers().Any(member => MayRelease(member, field, use, cancellationToken)))
            {
                return null;
            }

            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, field.ContainingType.OriginalDefinition))
            {
                break;
            }
        }

        // the base may have to release it, or the type, and others derive from the base
        var disposes = OwnerMembers.DisposalOf(type);
        var evidence = Evidence.ForField(block, field, disposes is null ? FixData.ReasonNoDispose : FixData.ReasonForgotten, null);
        return Diagnostic.Create(
            Descriptors.FieldNotReleased, block.Site.Syntax.GetLocation(), evidence.Locations, evidence.Properties.SetItem(FixData.NoFixKey, "true"),
            type.Name, OwnerMembers.NameOf(field), block.AllocatedBy, disposes is null ? "has no Dispose that releases it" : $"'{disposes}' does not release it");
    }

    /// <summary>The type releases what is in an inherited field by a function that fits nothing which its own members put there.</summary>
    public Diagnostic? JudgeRelease(InputEffect effect, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (effect is not { At: { } at, Family: { IsUnspecified: false } released, Input.Place: { } place } || Field(place, type) is not { } field)
        {
            return null;
        }

        var fills = ownership.DeparturesTo(type, other => Field(other, type) is { } filled && SymbolEqualityComparer.Default.Equals(filled, field), cancellationToken);
        return fills.IsEmpty || !fills.All(released.IsNotFor) ? null
            : FieldReports.Report(Descriptors.WrongFamily, at.Syntax, fills[0], field, $"'{OwnerMembers.NameOf(field)}'", released.ReleaseText, fills[0].Name, fills[0].ReleaseText);
    }

    /// <summary>The inherited field that a write replaces, whatever it holds, where the constructor of the base puts a block into it and the base releases it.</summary>
    public IFieldSymbol? ReplacedBy(KeyValuePair<Place, Value> write, Outcome outcome, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        outcome.Guards.IsEmpty && Field(write.Key, type) is { } field && ownership.IsFilledByConstructor(field, cancellationToken) && ownership.Of(field, cancellationToken) is { IsHandedOn: false, IsUnclear: false } ? field : null;

    /// <summary>The field of a base in the source that a place of the receiver is; those that others reach are left to them.</summary>
    private static IFieldSymbol? Field(Place place, INamedTypeSymbol type)
    {
        if (place is not { Kind: PlaceKind.Member, Root: IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Protected or Accessibility.ProtectedAndInternal } field, Parent: { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.This } } or { Kind: PlaceKind.This } })
        {
            return null;
        }

        for (var current = type.BaseType; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, field.ContainingType.OriginalDefinition))
            {
                return field.OriginalDefinition;
            }
        }

        return null;
    }

    /// <summary>A member, other than those of the base that release the field themselves, calls one of these, or does something to what the field holds.</summary>
    private bool MayRelease(ISymbol member, IFieldSymbol field, FieldUse use, CancellationToken cancellationToken)
    {
        if (member is not IMethodSymbol { IsStatic: false } method || use.ReleasedBy.Contains(method, SymbolEqualityComparer.Default))
        {
            return false;
        }

        if (use.ReleasedBy.Any(releaser => OwnerMembers.CountOf(method, releaser.Name) > 0))
        {
            return true;
        }

        if (OwnerMembers.CountOf(method, field.Name) == 0)
        {
            return false;
        }

        return method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken).DescendantNodes().Any(static node => node is AnonymousFunctionExpressionSyntax)) ||
            ownership.SummaryOf(method, cancellationToken) is not { IsUnknown: false } summary ||
            summary.Outcomes.Concat(summary.Throwing).Any(outcome => outcome.Effects.Any(effect => effect.Input.Place is { } place && place.Field is { } changed && SymbolEqualityComparer.Default.Equals(changed.OriginalDefinition, field.OriginalDefinition)) || outcome.Result is Sym { Place.Field: { } given } && SymbolEqualityComparer.Default.Equals(given.OriginalDefinition, field.OriginalDefinition));
    }
}
