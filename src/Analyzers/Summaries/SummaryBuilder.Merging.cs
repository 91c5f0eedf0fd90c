using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <content>How the ways in which a body returns become few: callers go through each of them.</content>
internal static partial class SummaryBuilder
{
    private const int MaxOutcomes = 5;
    private const int MaxEffects = 32;

    private static ImmutableArray<Outcome> Merge(IReadOnlyList<FlowState> states, Universe universe)
    {
        var outcomes = Group(states.Select(state => OutcomeOf(state, universe)));
        if (outcomes.Count > 2 && outcomes.Exists(static outcome => outcome.Effects.Any(IsOfMember)))
        {
            outcomes = ReleasingNothing(outcomes);
            if (outcomes.Count > 2 && outcomes.Sum(static outcome => outcome.Effects.Length) > MaxEffects)
            {
                outcomes = ReleasingNothing(Group(WithoutDepth(outcomes)));
            }
        }

        if (outcomes.Count > MaxOutcomes)
        {
            // Too many results to tell apart: what happens to blocks counts more than what is returned.
            outcomes = Group(outcomes.Select(outcome => outcome.Blocks.IsEmpty && outcome.Result is not Const { Value: bool } ? LosingTrackOf(outcome.Result, outcome, universe) with { Result = Value.Unknown } : outcome));
        }

        if (outcomes.Count > MaxOutcomes)
        {
            outcomes = Group(outcomes.Select(outcome => outcome.Blocks.IsEmpty ? LosingTrackOf(outcome.Result, outcome, universe) with { Result = Value.Unknown, Writes = WithoutValues(outcome.Writes) } : outcome));
        }

        if (outcomes.Count > MaxOutcomes)
        {
            outcomes = Group(WithoutDepth(outcomes));
        }

        if (outcomes.Count > MaxOutcomes)
        {
            outcomes = Group(outcomes.Select(HandingOutOne));
        }

        if (outcomes.Count > MaxOutcomes)
        {
            outcomes = Group(WritingAlike(outcomes));
        }

        return outcomes.Count > MaxOutcomes ? ImmutableArray.Create(Unknown(outcomes, universe)) : outcomes.ToImmutableArray();
    }

    /// <summary>A parser makes nodes of many kinds: that the caller gets one that is his counts more than what is in it.</summary>
    private static Outcome HandingOutOne(Outcome outcome) =>
        outcome is { Result: Pointer { IsView: false, Block: { External: null } made } } && outcome.Blocks.Any(block => block.Key == made && block.Value.Ownership == Ownership.Owned)
            ? outcome with
            {
                Blocks = outcome.Blocks.RemoveAll(block => block.Key != made),
                Writes = WithoutValues(outcome.Writes.RemoveAll(static write => write.Key.Base.Kind == PlaceKind.Content)).Select(write => write.Value is Pointer { Block: { External: null } block } && block != made ? new KeyValuePair<Place, Value>(write.Key, Value.Unknown) : write).ToImmutableArray(),
            }
            : outcome;

    /// <summary>Where only the result can be a block, numbers and flags may have been written or not.</summary>
    private static IEnumerable<Outcome> WritingAlike(List<Outcome> outcomes)
    {
        if (outcomes.Exists(static outcome => outcome.Writes.Any(static write => write.Value is Pointer { IsView: false } or Const { IsNullOrZero: true } or Aggregate or Borrower or Sym { Kind: SymKind.NewObject })))
        {
            return outcomes;
        }

        var writes = outcomes.SelectMany(static outcome => outcome.Writes).Select(static write => write.Key).Distinct().Select(static place => new KeyValuePair<Place, Value>(place, Value.Unknown)).ToImmutableArray();
        return outcomes.Select(outcome => outcome with { Writes = writes });
    }

    /// <summary>Two children, each there or not, make four ways to free a node, and they are one: what is null, and what lies below it, may as well have been released.</summary>
    private static List<Outcome> ReleasingNothing(List<Outcome> outcomes)
    {
        var effects = outcomes.SelectMany(static outcome => outcome.Effects).Where(static effect => effect.Input.Place?.Kind == PlaceKind.Member).GroupBy(static effect => effect.Input).Select(static same => same.OrderBy(static effect => effect.Ownership).First()).ToList();
        var merged = new List<(Outcome Outcome, Outcome Alike)>();
        foreach (var outcome in outcomes)
        {
            var alike = outcome with
            {
                Effects = outcome.Effects.RemoveAll(effect => effect.Input.Place?.Kind == PlaceKind.Member && FieldOutcomes.IsNothing(effect.Input, outcome)).AddRange(effects.FindAll(effect => FieldOutcomes.IsNothing(effect.Input, outcome)))
                    .Sort(static (one, other) => one.Input.Id.CompareTo(other.Input.Id)),
            };
            var index = merged.FindIndex(other => other.Alike.Signature == alike.Signature && AskTheSame(other.Outcome, outcome, effects));
            if (index < 0)
            {
                merged.Add((outcome, alike));
                continue;
            }

            alike = merged[index].Alike with { Guards = Join(merged[index].Outcome.Guards, outcome.Guards) };
            merged[index] = (alike, alike);
        }

        return merged.ConvertAll(static pair => pair.Outcome);
    }

    /// <summary>Whether two outcomes are told apart by nothing but what is there to be released.</summary>
    private static bool AskTheSame(Outcome one, Outcome other, List<InputEffect> effects)
    {
        var left = one.Guards.Where(IsAboutAnotherThing).ToList();
        var right = other.Guards.Where(IsAboutAnotherThing).ToList();
        return left.Count == right.Count && left.TrueForAll(right.Contains);

        bool IsAboutAnotherThing(KeyValuePair<Value, Fact> guard) =>
            guard.Key is not Sym { Place: { } asked } || !effects.Exists(effect => FieldOutcomes.LiesIn(asked, effect.Input.Place!));
    }

    private static bool IsOfMember(InputEffect effect) => effect is { Ownership: Ownership.Released, Input: { Place.Kind: PlaceKind.Member, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } } };

    /// <summary>A list or tree that is walked: what becomes of its head counts, what becomes of the rest may be anything.</summary>
    private static IEnumerable<Outcome> WithoutDepth(List<Outcome> outcomes)
    {
        var deep = outcomes.SelectMany(outcome => outcome.Effects).Where(effect => effect.Input.Nesting > 1).GroupBy(effect => effect.Input)
            .Select(same => new InputEffect(same.Key, Ownership.Transferred, same.First().At, null)).ToImmutableArray();
        return outcomes.Select(outcome => outcome.Blocks.IsEmpty ? outcome with { Effects = outcome.Effects.RemoveAll(effect => effect.Input.Nesting > 1).AddRange(deep.Where(effect => IsReached(effect.Input, outcome))) } : outcome);
    }

    /// <summary>Below a root that is null nothing is reached.</summary>
    private static bool IsReached(Sym input, Outcome outcome) =>
        !outcome.Guards.Any(guard => guard.Key is Sym { Place: { Kind: not PlaceKind.Member } asked } && guard.Value.Only is 0L && input.Place is { } place && FieldOutcomes.LiesIn(place, asked));
}
