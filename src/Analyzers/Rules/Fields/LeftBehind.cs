using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A member releases what it has put into a field, or into an element of the caller's array, and leaves it there
/// (LIFE007): <c>_held = block; Free(block);</c>.
/// </summary>
internal sealed class LeftBehind(FieldOwnership ownership)
{
    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.Constructor, ContainingType: { } type } method || result.Unit.IsIterator || OwnerMembers.IsDisposal(method) || OwnedCollections.EndsTheDuty(method))
        {
            yield break;
        }

        var told = new HashSet<SyntaxNode>();
        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var write in outcome.Writes)
            {
                if (ReleaseOf(write, outcome) is not { Release: var release, Family: var family, Block: var block } || release.Syntax.SyntaxTree != result.Unit.Syntax.SyntaxTree || !result.Unit.Syntax.Span.Contains(release.Syntax.Span))
                {
                    continue;
                }

                if ((FieldIn(write.Key, type) is { } field ? IsLeft(field, block, family, write.Key, release, outcome, method, result, cancellationToken) : IsElementOfCaller(write.Key, outcome, method, result)) && told.Add(release.Syntax))
                {
                    yield return Report(block, write.Key, release);
                }
            }
        }
    }

    /// <summary>Where the outcome has released what it has written: a block of the body, a view over one, or what a parameter was handed.</summary>
    private static (IOperation Release, Family Family, Block? Block)? ReleaseOf(KeyValuePair<Place, Value> write, Outcome outcome)
    {
        if (write.Value is Pointer { IsCleared: false, Block: { Site: not null, OwnerType: null, Family: { Lifetime: not Lifetime.Request } family } block } left)
        {
            return (!family.ReleasedThroughItself || left.IsView) && outcome.Blocks.FirstOrDefault(known => known.Key == block) is { Value: { Ownership: Ownership.Released, ReleasedAt: { } at } } ? (at, family, block) : null;
        }

        return (write.Value as Sym ?? (write.Value as Pointer)?.Block.External) is { Kind: SymKind.Input, Place: { Kind: PlaceKind.Parameter } } handed &&
            outcome.Effects.FirstOrDefault(effect => effect.Input == handed) is { Ownership: Ownership.Released, At: { } release, Family: { Lifetime: not Lifetime.Request, ReleasedThroughItself: false, IsCounted: false } released } ? (release, released, null) : null;
    }

    private static IFieldSymbol? FieldIn(Place place, INamedTypeSymbol type) =>
        place.Parent is { Kind: PlaceKind.Object or PlaceKind.This } ? OwnerMembers.Field(place, type)
        : place is { Kind: PlaceKind.Static, Root: IFieldSymbol field } && SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.OriginalDefinition) ? field
        : null;

    /// <summary>
    /// A field that the member fills to work with it, and fills again when it is called again, does no harm with what is
    /// left in it. It is a mistake when the member, or another one, counts on what it finds there.
    /// </summary>
    private bool IsLeft(IFieldSymbol field, Block? block, Family family, Place place, IOperation release, Outcome outcome, IMethodSymbol method, BodyResult result, CancellationToken cancellationToken)
    {
        if (outcome.Writes.Any(static write => write.Value is Const && write.Key.Root is IFieldSymbol { Type.SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 }))
        {
            // a flag may say that there is nothing
            return false;
        }

        if (!field.IsStatic && family.Lifetime == Lifetime.Process && block is not null && ownership.Of(field, cancellationToken).ReleasedBy.Any(other => OwnerMembers.IsDisposal(other) && !SymbolEqualityComparer.Default.Equals(other, method)))
        {
            // who disposes of the object releases it again: that is told
            return false;
        }

        var reads = new FieldReads(field, cancellationToken);
        if (field.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute"))
        {
            // a place to work in, unless it is one to keep what the next one finds
            return !reads.IsUsedIn(result.Unit.Syntax, release.Syntax) && reads.OthersRead(method);
        }

        return !reads.IsUsedIn(result.Unit.Syntax, release.Syntax) || reads.ReadsFirst(method) || reads.OthersClear(method) ||
            (block is not null && StaysElsewhere(block, place, result) && reads.OthersRead(method));
    }

    /// <summary>Another way to return leaves the block in the field, alive: it is there for others.</summary>
    private static bool StaysElsewhere(Block block, Place place, BodyResult result) => result.Summary.Outcomes.Any(outcome =>
        outcome.Writes.Any(write => write.Key == place && write.Value is Pointer { Block: var other } && other.Site?.Syntax == block.Site!.Syntax && outcome.Blocks.Any(known => known.Key == other && known.Value.Ownership != Ownership.Released)));

    /// <summary>An element of an array that the caller has handed in, and that nobody else has been shown.</summary>
    private static bool IsElementOfCaller(Place place, Outcome outcome, IMethodSymbol method, BodyResult result) =>
        place is { Kind: PlaceKind.Member, Root: long, Parent: { Kind: PlaceKind.Object, Root: Sym { Place: { Kind: PlaceKind.Parameter, Root: IParameterSymbol { Type: IArrayTypeSymbol } array } } } } &&
        (method.ReturnsVoid || outcome.Result is Const { Value: true }) &&
        result.Unit.Operations().OfType<Microsoft.CodeAnalysis.Operations.IParameterReferenceOperation>().All(mention =>
            !SymbolEqualityComparer.Default.Equals(mention.Parameter, array) || mention.Parent is Microsoft.CodeAnalysis.Operations.IArrayElementReferenceOperation or Microsoft.CodeAnalysis.Operations.IPropertyReferenceOperation);

    private static Diagnostic Report(Block? block, Place place, IOperation release)
    {
        var name = block is null ? "What it was given" : Wording.Subject(block);
        var where = place.DisplayName;
        return Diagnostic.Create(Descriptors.UseAfterFree, release.Syntax.GetLocation(), System.Collections.Immutable.ImmutableDictionary<string, string?>.Empty.Add(FixData.LeftKey, where), name == $"'{where}'" ? "The block" : name, $"left in '{where}'", Wording.Release(release));
    }
}
