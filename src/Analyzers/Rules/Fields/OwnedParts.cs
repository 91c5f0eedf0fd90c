using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// The block lies in an object that belongs to the type alone, of a private class that is nested in it, and the type
/// releases it there: a member that replaces it loses it (LIFE013).
/// </summary>
internal sealed class OwnedParts(FieldOwnership ownership)
{
    public Diagnostic? JudgeOverwrite(KeyValuePair<Place, Value> write, Outcome outcome, IMethodSymbol method, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (write.Value is not Pointer { IsView: false, Block: { Site: not null, OwnerType: null, Family: { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false } } block } || outcome.Blocks.All(known => known.Key != block) || PartOf(write.Key, type) is not var (holder, part) ||
            SetUps.IsSetUp(method) || OwnerMembers.IsDisposal(method) || !outcome.Guards.IsEmpty || IsLookedAt(outcome, write.Key) || ownership.Instances.AreAllOf(type, cancellationToken) || ownership.FirstCalls.AreAllOf(method, cancellationToken))
        {
            return null;
        }

        return IsReleasedByDisposal(holder, part, type, cancellationToken)
            ? FieldReports.Report(Descriptors.FieldNotReleased, block.Site.Syntax, block, part, FixData.ReasonOverwritten, null, type.Name, OwnerMembers.NameOf(holder) + "." + OwnerMembers.NameOf(part), block.AllocatedBy, $"'{method.Name}' gives the field another value without releasing the block that it holds")
            : null;
    }

    /// <summary>The field of the receiver that holds the object, which nobody gives another one, and the field of that.</summary>
    private static (IFieldSymbol Holder, IFieldSymbol Part)? PartOf(Place place, INamedTypeSymbol type) =>
        place is { Kind: PlaceKind.Member, Root: IFieldSymbol part, Parent: { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.Input, Place: { } outer } } } && OwnerMembers.Field(outer, type) is { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private } holder &&
        part.ContainingType is { TypeKind: TypeKind.Class, DeclaredAccessibility: Accessibility.Private, ContainingType: { } around } && SymbolEqualityComparer.Default.Equals(around.OriginalDefinition, type.OriginalDefinition)
            ? (holder, part)
            : null;

    private bool IsReleasedByDisposal(IFieldSymbol holder, IFieldSymbol part, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.GetMembers().OfType<IMethodSymbol>().Any(member => !member.IsStatic && OwnerMembers.IsDisposal(member) && ownership.SummaryOf(member, cancellationToken) is { } summary &&
            summary.Outcomes.Any(outcome => outcome.Effects.Any(effect => effect.Ownership == Ownership.Released && effect.Input.Place is { } place && PartOf(place, type) is var (other, released) && SymbolEqualityComparer.Default.Equals(other, holder) && SymbolEqualityComparer.Default.Equals(released, part))));

    private static bool IsLookedAt(Outcome outcome, Place place) =>
        outcome.Effects.Any(effect => effect.Input.Place == place) || FieldOutcomes.Mentions(outcome.Result, place) || outcome.Writes.Any(other => other.Key != place && FieldOutcomes.Mentions(other.Value, place));
}
