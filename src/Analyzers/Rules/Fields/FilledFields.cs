using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>What the members of a type put into one of its fields to be owned by the object.</summary>
internal sealed class FilledFields(FieldOwnership ownership, OwnedObjects objects)
{
    /// <summary>The blocks that go into the field, in the order of the members that put them there.</summary>
    public IEnumerable<Block> BlocksIn(IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (ownership.IsWithinAnother(ownership.Of(field, cancellationToken), cancellationToken))
        {
            yield break;
        }

        foreach (var result in ownership.ResultsOf(field, cancellationToken))
        {
            foreach (var departure in result.Facts.Departures)
            {
                if (departure is { Destination: Destination.OwnField, Place: { } place } && SymbolEqualityComparer.Default.Equals(OwnerMembers.Field(place, type)?.OriginalDefinition, field.OriginalDefinition) && IsOwned(departure.Block, place, type, result, cancellationToken))
                {
                    yield return departure.Block;
                }
            }
        }
    }

    /// <summary>The blocks of the objects that go into the field, and that nothing but their disposal releases.</summary>
    public IEnumerable<Block> ObjectsIn(IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        ownership.ResultsOf(field, cancellationToken).SelectMany(result => result.Facts.Departures.Where(departure => departure.Destination == Destination.OwnField && objects.FieldOf(departure, type, result, cancellationToken) is { } filled && SymbolEqualityComparer.Default.Equals(filled.OriginalDefinition, field.OriginalDefinition)).Select(static departure => departure.Block));

    /// <summary>Whether the object has the block by this field: no other one releases it, and no member fills the field that is judged for itself.</summary>
    public bool IsOwned(Block block, Place place, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken) =>
        !IsFilledByOwnCall(block) && !IsReleasedThroughAnother(block, place, type, result, cancellationToken) && !GoesWithAnother(block, type, result, cancellationToken);

    /// <summary>Another method of the same object fills the field: it is judged there.</summary>
    public static bool IsFilledByOwnCall(Block block) =>
        block is { IsKeptByObject: true, Site: IInvocationOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } };

    /// <summary>Two fields hold the same block, of the object or of one that it has made, one to use it and one to release it.</summary>
    private bool IsReleasedThroughAnother(Block block, Place place, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken) =>
        result.Summary.Outcomes.Any(outcome => outcome.Writes.Any(write =>
            write.Key != place && FlowState.Designates(write.Value, block) &&
            ((OwnerMembers.Field(write.Key, type) is { } other && ownership.Of(other, cancellationToken) is var use && (UnreleasedFields.IsReleased(write.Key, type, use) || use.IsHandedOn)) ||
            (write.Key is { Kind: PlaceKind.Member, Parent: { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject, Type: INamedTypeSymbol made } } } && IsReleasedBy(made, write.Key, cancellationToken)) ||
            (TableAround(write.Key, outcome, type) is { } table && ownership.Of(table, cancellationToken) is { IsReleasedWithin: true } or { IsHandedOn: true }))));

    /// <summary>Objects of the type release what they were made with; a parameter of the type itself is no field that can be asked about.</summary>
    private bool IsReleasedBy(INamedTypeSymbol made, Place held, CancellationToken cancellationToken) =>
        held.Field is { } field ? ownership.Of(field, cancellationToken) is { ReleasedBy.IsEmpty: false } or { IsHandedOn: true } : held.Root is IParameterSymbol && made.AllInterfaces.Any(static implemented => implemented.Name is "IDisposable" or "IAsyncDisposable");

    /// <summary>The field that holds the table which a place is an element of: <c>_rows[0] = _slab;</c>.</summary>
    private static IFieldSymbol? TableAround(Place element, Outcome outcome, INamedTypeSymbol type) =>
        element.Base is { Kind: PlaceKind.Content, Root: Block memory }
            ? outcome.Writes.Where(write => FlowState.Designates(write.Value, memory)).Select(write => OwnerMembers.Field(write.Key, type)).FirstOrDefault(static field => field is not null)
            : null;

    /// <summary>A handle that was made of another one, which the type releases: whether that frees it as well is not known.</summary>
    private bool GoesWithAnother(Block block, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken) =>
        block.Family is { IsInferred: true } && block.MadeOf.Any(other =>
            (other.External?.Place is { } place && IsReleasedField(place, type, cancellationToken)) ||
            result.Summary.Outcomes.Any(outcome => outcome.Writes.Any(write => FlowState.Designates(write.Value, other) && IsReleasedField(write.Key, type, cancellationToken))));

    private bool IsReleasedField(Place place, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        OwnerMembers.Field(place, type) is { } field && !ownership.Of(field, cancellationToken).ReleasedBy.IsEmpty;
}
