using System.Collections.Immutable;
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

        var outcomes = summaries.SelectMany(summary => summary.Outcomes).ToList();
        if (outcomes.Count == 0 || summaries.Any(summary => summary.IsAsync != first.IsAsync || summary.IsIterator || summary.Outcomes.IsEmpty || !summary.LooseInputs.IsEmpty) ||
            outcomes.Any(outcome => !outcome.Blocks.IsEmpty || outcome.Result is not (UnknownValue or Const) || outcome.Writes.Any(IsOfValue)))
        {
            return null;
        }

        var throwing = summaries.SelectMany(summary => summary.Throwing).ToList();
        return new Summary(ImmutableArray.Create(Merge(outcomes)), throwing.Count == 0 ? ImmutableArray<Outcome>.Empty : ImmutableArray.Create(Merge(throwing)))
        {
            IsAsync = first.IsAsync,
            ThrowsOnMisuse = summaries.All(summary => summary.ThrowsOnMisuse),
            UsedInputs = first.UsedInputs.Where(used => summaries.All(summary => summary.UsedInputs.Any(other => KeyOf(other).Equals(KeyOf(used))))).ToImmutableArray(),
        };
    }

    /// <summary>What is released on every path of every body is released; what is touched otherwise may be anybody's.</summary>
    private static Outcome Merge(List<Outcome> outcomes)
    {
        var effects = ImmutableArray.CreateBuilder<InputEffect>();
        foreach (var same in outcomes.SelectMany(outcome => outcome.Effects).GroupBy(effect => KeyOf(effect.Input)))
        {
            var one = same.First();
            var isCertain = same.All(effect => effect.Ownership == Ownership.Released && effect.Family?.Name == one.Family?.Name) &&
                outcomes.All(outcome => outcome.Effects.Any(effect => KeyOf(effect.Input).Equals(same.Key)));
            effects.Add(isCertain ? one : new InputEffect(one.Input, Ownership.Transferred, one.At, null));
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
