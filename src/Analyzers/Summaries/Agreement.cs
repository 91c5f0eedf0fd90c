using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What several bodies that one call may run agree on.</summary>
internal static class Agreement
{
    /// <summary>One summary for all of them; null when they have too little in common to be followed.</summary>
    public static Summary? Of(IReadOnlyList<Summary> summaries)
    {
        var first = summaries[0];
        if (summaries.Count == 1 || summaries.All(summary => summary.Signature == first.Signature))
        {
            return first;
        }

        if (OfAllocations(summaries) is { } allocation)
        {
            return allocation;
        }

        var outcomes = summaries.SelectMany(summary => summary.Outcomes).ToList();
        if (outcomes.Count == 0 || summaries.Any(summary => summary.IsAsync != first.IsAsync || summary.IsIterator || summary.Outcomes.IsEmpty || !summary.LooseInputs.IsEmpty) ||
            outcomes.Any(outcome => !outcome.Blocks.IsEmpty || outcome.Result is not (UnknownValue or Const) || outcome.Writes.Any(IsOfValue)))
        {
            return null;
        }

        return new Summary(ImmutableArray.Create(Merge(outcomes)), MergeThrowing(summaries))
        {
            IsAsync = first.IsAsync,
            ThrowsOnMisuse = summaries.All(summary => summary.ThrowsOnMisuse),
            UsedInputs = first.UsedInputs.Where(used => summaries.All(summary => summary.UsedInputs.Any(other => KeyOf(other).Equals(KeyOf(used))))).ToImmutableArray(),
        };
    }

    /// <summary>All of them give a block that the caller owns, each of another family: which one only the release behind the same interface knows.</summary>
    private static Summary? OfAllocations(IReadOnlyList<Summary> summaries)
    {
        Block? given = null;
        foreach (var summary in summaries)
        {
            if (summary is not { IsAsync: false, IsIterator: false, IsUnknown: false, Outcomes: { Length: 1 } outcomes } || outcomes[0] is not { Guards.IsEmpty: true, Effects.IsEmpty: true, Writes.IsEmpty: true, Blocks.Length: 1 } outcome ||
                outcome.Result is not Pointer { IsView: false, Offset: Offset.Start, Block: { Site: not null, OwnerType: null, Family: { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false, IsCounted: false } } block } || outcome.Blocks[0].Key != block)
            {
                return null;
            }

            given ??= block;
        }

        if (given is not { Site: { Type: { } type } site })
        {
            return null;
        }

        var owned = new Block(given.Id, site, given.Index, OwnerTypes.Unspecified(type), null, given.Generation) { AllocatedBy = given.AllocatedBy, FirstHolder = given.FirstHolder };
        var one = summaries[0].Outcomes[0];
        return new Summary(ImmutableArray.Create(one with { Result = (Pointer)one.Result with { Block = owned }, Blocks = ImmutableArray.Create(new KeyValuePair<Block, BlockState>(owned, one.Blocks[0].Value)) }), MergeThrowing(summaries));
    }

    /// <summary>The ways in which any of them throws, as one; none when none does.</summary>
    private static ImmutableArray<Outcome> MergeThrowing(IReadOnlyList<Summary> summaries)
    {
        var throwing = summaries.SelectMany(static summary => summary.Throwing).ToList();
        return throwing.Count == 0 ? ImmutableArray<Outcome>.Empty : ImmutableArray.Create(Merge(throwing));
    }

    /// <summary>What is released on every path of every body is released; what is touched otherwise may be anybody's.</summary>
    private static Outcome Merge(List<Outcome> outcomes)
    {
        var effects = ImmutableArray.CreateBuilder<InputEffect>();
        foreach (var same in outcomes.SelectMany(outcome => outcome.Effects).GroupBy(effect => KeyOf(effect.Input)))
        {
            var one = same.First();
            var isCertain = same.All(effect => effect.Ownership == Ownership.Released) && outcomes.All(outcome => outcome.Effects.Any(effect => KeyOf(effect.Input).Equals(same.Key)));
            effects.Add(isCertain ? one with { Family = same.All(effect => effect.Family?.Name == one.Family?.Name) ? one.Family : null } : new InputEffect(one.Input, Ownership.Transferred, one.At, null));
        }

        var writes = outcomes.SelectMany(outcome => outcome.Writes)
            .GroupBy(write => write.Key.ToString())
            .Select(same => new KeyValuePair<Place, Value>(same.First().Key, Value.Unknown))
            .ToImmutableArray();
        return new Outcome(ImmutableArray<KeyValuePair<Value, Fact>>.Empty, effects.ToImmutable(), writes, Value.Unknown, ImmutableArray<KeyValuePair<Block, BlockState>>.Empty);
    }

    private static bool IsOfValue(KeyValuePair<Place, Value> write) => write.Value is not (UnknownValue or Const);

    /// <summary>What an input is called in every body: parameters are known by their position, since overrides may name them otherwise.</summary>
    private static string KeyOf(Sym input) => input.Place is not { } place ? "?" + input.Id
        : place is { Kind: PlaceKind.Parameter, Root: Microsoft.CodeAnalysis.IParameterSymbol parameter } ? "#" + parameter.Ordinal
        : place.ToString();
}
