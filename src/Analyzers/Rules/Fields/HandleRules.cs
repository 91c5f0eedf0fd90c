using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>A type that derives from <c>SafeHandle</c> or <c>CriticalHandle</c>: its <c>ReleaseHandle</c> releases what its handle is, and rightly (LIFE013, LIFE008).</summary>
internal sealed class HandleRules(FieldOwnership ownership)
{
    /// <summary>A handle type takes a block, and its <c>ReleaseHandle</c> does nothing with it.</summary>
    public Diagnostic? Judge(Departure departure, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        if (!OwningHandles.IsOwningHandle(type) || HandleOf(departure.Place) is not { } handle || ReleaseOf(type) is not { } release || ownership.Touches(release, handle, cancellationToken) ||
            OtherHolders(departure.Block, type, result).Any(other => ownership.Touches(release, other, cancellationToken)))
        {
            return null;
        }

        return FieldReports.Report(Descriptors.FieldNotReleased, departure.Block.Site!.Syntax, departure.Block, handle, FixData.ReasonForgotten, null, type.Name, handle.Name, departure.Block.AllocatedBy, "'ReleaseHandle' does not release it");
    }

    /// <summary><c>ReleaseHandle</c> releases the handle by a function that does not fit what the type's own members set as handle.</summary>
    public IEnumerable<Diagnostic> JudgeRelease(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!OwningHandles.IsOwningHandle(type) || result.Unit.Method is not { Name: "ReleaseHandle" })
        {
            yield break;
        }

        foreach (var effect in result.Summary.Outcomes.SelectMany(outcome => outcome.Effects))
        {
            if (effect is { Ownership: Ownership.Released, Family: { IsUnspecified: false } released, At: { } at } && HandleOf(effect.Input.Place) is { } handle && result.Unit.Syntax.Span.Contains(at.Syntax.Span) &&
                ownership.DeparturesTo(type, place => HandleOf(place) is not null, cancellationToken) is { Length: > 0 } fills && fills.All(released.IsNotFor))
            {
                yield return FieldReports.Report(Descriptors.WrongFamily, at.Syntax, fills[0], handle, $"'{handle.Name}'", released.ReleaseText, fills[0].Name, fills[0].ReleaseText);
                yield break;
            }
        }
    }

    /// <summary>Fields of the type's own that hold the block as well: <c>SetHandle(block); _block = block;</c>.</summary>
    private static IEnumerable<IFieldSymbol> OtherHolders(Block block, INamedTypeSymbol type, BodyResult result) =>
        result.Summary.Outcomes.SelectMany(outcome => outcome.Writes).Where(write => FlowState.Designates(write.Value, block)).Select(static write => write.Key.Field)
            .OfType<IFieldSymbol>().Where(field => SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.OriginalDefinition));

    /// <summary>The field in which the library's handle types keep their handle, when the place is that one of the receiver.</summary>
    private static IFieldSymbol? HandleOf(Place? place) =>
        place is { Root: IFieldSymbol { Name: "handle", DeclaringSyntaxReferences.IsEmpty: true } handle, Parent: { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.This } } } ? handle : null;

    private static IMethodSymbol? ReleaseOf(INamedTypeSymbol type) => type.GetMembers("ReleaseHandle").OfType<IMethodSymbol>().FirstOrDefault();
}
