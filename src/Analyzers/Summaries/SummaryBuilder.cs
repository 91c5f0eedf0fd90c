using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Makes a summary of the states in which a body ends.</summary>
internal static partial class SummaryBuilder
{
    private const int MaxThrowing = 3;

    public static Summary Build(BodyUnit unit, Universe universe, IReadOnlyList<FlowState> returns, IReadOnlyList<FlowState> throws, Resources resources, FindingLog log, Tables tables, IReadOnlyList<FlowState> yields, bool throwsOnMisuse)
    {
        var method = unit.Method;
        return new Summary(Merge(returns, universe), MergeThrowing(throws, universe))
        {
            IsAsync = method is { IsAsync: true } && !unit.IsIterator,
            IsIterator = unit.IsIterator,
            UsedInputs = resources.UsedInputs,
            SurelyUsed = unit.IsIterator ? ImmutableArray<SureUse>.Empty : resources.SureUses.In(unit.Graph),
            LooseInputs = tables.LooseInputs,
            Emptied = tables.EmptiedInputs,
            Filled = log.Filled,
            Opened = log.Opened,
            Yields = YieldsOf(yields, universe),
            ThrowsOnMisuse = throwsOnMisuse,
        };
    }

    /// <summary>The ways in which an element comes; what the iterator does otherwise is done when it runs, and not when the element is read.</summary>
    private static ImmutableArray<Outcome> YieldsOf(IReadOnlyList<FlowState> states, Universe universe)
    {
        var outcomes = states.Count == 0 ? ImmutableArray<Outcome>.Empty : Merge(states, universe);
        return outcomes.Any(static outcome => outcome.Blocks.Any(static block => block.Value.Ownership == Ownership.Owned)) && !outcomes.Any(static outcome => outcome.Blocks.Any(block => outcome.Writes.Any(write => OutlivesBody(write.Key) && FlowState.Designates(write.Value, block.Key))))
            ? outcomes.Select(static outcome => outcome with { Effects = ImmutableArray<InputEffect>.Empty, Writes = outcome.Writes.RemoveAll(static write => OutlivesBody(write.Key)) }).ToImmutableArray()
            : ImmutableArray<Outcome>.Empty;
    }

    /// <summary>What callers see of an exception is what has become of their blocks.</summary>
    private static ImmutableArray<Outcome> MergeThrowing(IReadOnlyList<FlowState> states, Universe universe)
    {
        var outcomes = Group(Distinct(states).Select(state => OutcomeOf(state, universe)).Select(outcome => outcome with { Result = Value.Unknown, Writes = WithoutValues(outcome.Writes) }));
        return outcomes.Count > MaxThrowing ? ImmutableArray.Create(Unknown(outcomes, universe)) : outcomes.ToImmutableArray();
    }

    /// <summary>The states without those that only differ in what threw.</summary>
    private static List<FlowState> Distinct(IReadOnlyList<FlowState> states)
    {
        var distinct = new List<FlowState>();
        foreach (var state in states)
        {
            if (!distinct.Exists(known => ReferenceEquals(known.Values, state.Values) && ReferenceEquals(known.Facts, state.Facts) && SameOwnership(known.Blocks, state.Blocks)))
            {
                distinct.Add(state);
            }
        }

        return distinct;
    }

    private static bool SameOwnership(Table<Block, BlockState> left, Table<Block, BlockState> right)
    {
        for (var i = 0; i < left.Count && left.Count == right.Count; i++)
        {
            if (left.At(i).Key != right.At(i).Key || left.At(i).Value.Ownership != right.At(i).Value.Ownership)
            {
                return false;
            }
        }

        return left.Count == right.Count;
    }

    /// <summary>Too many ways to tell apart: whatever one of them does may have been done, and nothing is known for certain.</summary>
    private static Outcome Unknown(List<Outcome> outcomes, Universe universe)
    {
        var effects = outcomes.SelectMany(outcome => outcome.Writes.Select(write => write.Value).Append(outcome.Result).Aggregate(outcome, (known, value) => LosingTrackOf(value, known, universe)).Effects)
            .GroupBy(effect => effect.Input)
            .Select(same => new InputEffect(same.Key, Ownership.Transferred, same.First().At, null))
            .ToImmutableArray();
        var writes = outcomes.SelectMany(outcome => outcome.Writes)
            .GroupBy(write => write.Key)
            .Select(same => new KeyValuePair<Place, Value>(same.Key, Value.Unknown))
            .ToImmutableArray();
        return new Outcome(ImmutableArray<KeyValuePair<Value, Fact>>.Empty, effects, writes, Value.Unknown, ImmutableArray<KeyValuePair<Block, BlockState>>.Empty);
    }

    private static ImmutableArray<KeyValuePair<Place, Value>> WithoutValues(ImmutableArray<KeyValuePair<Place, Value>> writes) =>
        writes.IsEmpty ? writes : writes.Select(static write => new KeyValuePair<Place, Value>(write.Key, write.Value is Pointer or Sym { IsInput: true } ? write.Value : Value.Unknown)).ToImmutableArray();

    private static List<Outcome> Group(IEnumerable<Outcome> outcomes)
    {
        var all = outcomes.ToList();
        if (all.Count < 2)
        {
            return all;
        }

        var merged = new Dictionary<string, int>(StringComparer.Ordinal);
        var list = new List<Outcome>();
        foreach (var outcome in all)
        {
            if (merged.TryGetValue(outcome.Signature, out var index))
            {
                list[index] = list[index] with { Guards = Join(list[index].Guards, outcome.Guards), ResultFact = Fact.Join(list[index].ResultFact, outcome.ResultFact, widen: false) };
            }
            else
            {
                merged.Add(outcome.Signature, list.Count);
                list.Add(outcome);
            }
        }

        return list;
    }

    private static ImmutableArray<KeyValuePair<Value, Fact>> Join(ImmutableArray<KeyValuePair<Value, Fact>> left, ImmutableArray<KeyValuePair<Value, Fact>> right)
    {
        var joined = ImmutableArray.CreateBuilder<KeyValuePair<Value, Fact>>();
        foreach (var guard in left)
        {
            foreach (var other in right)
            {
                if (guard.Key.Equals(other.Key) && Fact.Join(guard.Value, other.Value, widen: false) is { IsNone: false } fact)
                {
                    joined.Add(new KeyValuePair<Value, Fact>(guard.Key, fact));
                }
            }
        }

        AddAlternatives(left, right, joined);
        return joined.ToImmutable();
    }

    /// <summary>The one way is taken when the buffer is null, the other when it is the shared one: then it is one of the two, and none that the caller has rented.</summary>
    private static void AddAlternatives(ImmutableArray<KeyValuePair<Value, Fact>> left, ImmutableArray<KeyValuePair<Value, Fact>> right, ImmutableArray<KeyValuePair<Value, Fact>>.Builder joined)
    {
        var ours = left.Select(IdentityOf).OfType<Expression>().ToList();
        var theirs = right.Select(IdentityOf).OfType<Expression>().ToList();
        foreach (var one in ours.Except(theirs))
        {
            foreach (var two in theirs.Except(ours))
            {
                if (Alternatives.SubjectsOf(one).Intersect(Alternatives.SubjectsOf(two)).Any() && Alternatives.Either(one, two) is { } either)
                {
                    joined.Add(new KeyValuePair<Value, Fact>(either, Fact.Is(true)));
                }
            }
        }
    }

    /// <summary>What a guard says that an input is: null, another input, or one of these.</summary>
    private static Expression? IdentityOf(KeyValuePair<Value, Fact> guard) => guard.Key switch
    {
        Sym { Type.IsReferenceType: true } input when guard.Value.Only is 0L => Conditions.Make(Operator.Equal, input, Value.Null) as Expression,
        Expression { Operator: Operator.Equal or Operator.Or } condition when guard.Value.Only is true => condition,
        _ => null,
    };

    private static Outcome OutcomeOf(FlowState state, Universe universe)
    {
        var result = Value.Unknown;
        var candidates = new List<KeyValuePair<Place, Value>>();
        // a table of places or blocks is walked in the order of their numbers
        foreach (var pair in state.Values)
        {
            if (pair.Key.Kind == PlaceKind.Result)
            {
                result = Conditions.Resolve(pair.Value, state);
            }
            else if (pair.Key.Base.Kind == PlaceKind.Result)
            {
                candidates.Add(pair);
            }
            else if (HandedDelegates.IsNote(pair.Key) && pair.Value is not (Const or Sym { Kind: SymKind.Input } or Pointer))
            {
                // called on some of the paths only
            }
            else if (OutlivesBody(pair.Key) && Matters(pair.Key, pair.Value) && !(pair.Value is Sym symbol && symbol.Kind == SymKind.Input && symbol.Place == pair.Key))
            {
                candidates.Add(pair);
            }
        }

        var writes = KeepReachable(candidates, state, result);
        var (effects, blocks) = BlocksOf(state, result, writes);
        effects = FoundObjects.AddWhatTheyAreGiven(effects, state);
        var guards = state.Facts.IsEmpty ? ImmutableArray<KeyValuePair<Value, Fact>>.Empty : state.Facts
            .Where(static fact => (fact.Key is Sym { Kind: SymKind.Input } or Expression && IsOfInputs(fact.Key)) || IsFoundEmpty(fact.Key, fact.Value))
            .OrderBy(static fact => fact.Key is Sym input ? input.Id : int.MaxValue)
            .ToImmutableArray();
        var outcome = new Outcome(guards, effects, writes, result, blocks) { ResultFact = result is Sym { Kind: not SymKind.Input } or Expression ? state.FactOf(result) : Fact.None };
        foreach (var write in writes)
        {
            outcome = LosingTrackOfParts(write.Value, outcome, universe, write.Key);
        }

        return LosingTrackOfParts(result, outcome, universe);
    }

    /// <summary>A view or array that a field holds has no length: it holds none yet.</summary>
    private static bool IsFoundEmpty(Value asked, Fact answer) =>
        answer.Only is 0L && asked is Sym { Kind: SymKind.Read, Origin: ReadOrigin { Of: Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Member }, Member: IPropertySymbol { Name: "Length" } } };

    private static Outcome LosingTrackOfParts(Value value, Outcome outcome, Universe universe, Place? at = null) =>
        value is Sym { Kind: SymKind.Join } or Aggregate ? LosingTrackOf(value, outcome, universe, certain: false, at) : outcome;

    /// <summary>The inputs that a value may be, and of which nobody can tell any more whether it is: they may be anybody's.</summary>
    private static Outcome LosingTrackOf(Value value, Outcome outcome, Universe universe, bool certain = true, Place? at = null)
    {
        foreach (var input in universe.InputsIn(value))
        {
            if (certain || !IsItself(value, input))
            {
                var lost = new InputEffect(input, Ownership.Transferred, null, null) { IsOnlyMislaid = at is not null && input.Place == at };
                var known = outcome.Effects.FirstOrDefault(effect => effect.Input == input);
                outcome = known is null ? outcome with { Effects = outcome.Effects.Add(lost) }
                    : known.IsOnlyMislaid && !lost.IsOnlyMislaid ? outcome with { Effects = outcome.Effects.Replace(known, lost) }
                    : outcome;
            }
        }

        return outcome;
    }

    private static bool IsItself(Value value, Sym input) =>
        value == (Value)input || (value is Pointer pointer && pointer.Block.External == input) || (value is Aggregate aggregate && aggregate.Members.Values.Any(member => IsItself(member, input)));

    /// <summary>Writes to what the caller can see, and to new objects that the caller gets to see.</summary>
    private static ImmutableArray<KeyValuePair<Place, Value>> KeepReachable(List<KeyValuePair<Place, Value>> kept, FlowState state, Value result)
    {
        var reachable = new HashSet<object>();
        Reach(result, reachable);
        foreach (var write in kept)
        {
            Reach(write.Value, reachable);
        }

        for (var grown = reachable.Count > 0; grown;)
        {
            grown = false;
            foreach (var pair in state.Values)
            {
                if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } } or { Kind: PlaceKind.Content } && reachable.Contains(pair.Key.Base.Root) && !kept.Contains(pair))
                {
                    kept.Add(pair);
                    Reach(pair.Value, reachable);
                    grown = true;
                }
            }
        }

        // how often something has been counted in the process tells nobody's blocks apart
        return kept.Select(pair => new KeyValuePair<Place, Value>(pair.Key, pair.Key.Base.Kind == PlaceKind.Static && Sums.Split(pair.Value).Distance != 0 ? Value.Unknown : Conditions.Resolve(pair.Value, state))).ToImmutableArray();
    }

    private static void Reach(Value value, HashSet<object> reachable)
    {
        switch (value)
        {
            case Sym { Kind: SymKind.NewObject } made:
                reachable.Add(made);
                break;
            case Pointer { Block: { Site: not null } block }:
                reachable.Add(block);
                break;
            case Aggregate aggregate:
                foreach (var member in aggregate.Members.Values)
                {
                    Reach(member, reachable);
                }

                break;
            case Borrower borrower:
                Reach(borrower.Result, reachable);
                break;
        }
    }

    private static (ImmutableArray<InputEffect>, ImmutableArray<KeyValuePair<Block, BlockState>>) BlocksOf(
        FlowState state, Value result, ImmutableArray<KeyValuePair<Place, Value>> writes)
    {
        var effects = ImmutableArray.CreateBuilder<InputEffect>();
        var blocks = ImmutableArray.CreateBuilder<KeyValuePair<Block, BlockState>>();
        foreach (var pair in state.Blocks)
        {
            if (pair.Key.External is { } external)
            {
                if (external.IsInput)
                {
                    effects.Add(new InputEffect(external, pair.Value.Ownership, pair.Value.ReleasedAt ?? pair.Value.TransferredAt, pair.Value.ReleasedAs, pair.Value.ReleasedTo) { IsGiven = pair.Value is { Ownership: Ownership.Transferred, GivenTo: not null } });
                }
            }
            else if (FlowState.Designates(result, pair.Key) || writes.Any(write => FlowState.Designates(write.Value, pair.Key)))
            {
                blocks.Add(pair);
            }
        }

        return (effects.ToImmutable(), blocks.ToImmutable());
    }

    /// <summary>A write matters when it can have to do with a block, or when it is a flag; in a struct, which begins with null everywhere, every one does.</summary>
    private static bool Matters(Place place, Value value) =>
        value is Pointer or Const or Sym { Kind: SymKind.NewObject or SymKind.Input } or Aggregate or Borrower || place.Type is not { } type ||
        type.SpecialType is SpecialType.System_Boolean or SpecialType.System_Int32 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr ||
        type is IPointerTypeSymbol or IArrayTypeSymbol || type.IsValueType || (place.Base.Kind == PlaceKind.This && place.Field is { ContainingType.IsValueType: true });

    private static bool OutlivesBody(Place place)
    {
        var start = place.Base;
        return start.Kind switch
        {
            PlaceKind.This or PlaceKind.Static or PlaceKind.Captured => true,
            PlaceKind.Parameter => start.Root is IParameterSymbol { RefKind: RefKind.Ref or RefKind.Out },
            PlaceKind.Object => ((Sym)start.Root).IsInput,
            _ => false,
        };
    }

    private static bool IsOfInputs(Value value) => value switch
    {
        Sym symbol => symbol.Kind == SymKind.Input,
        Const => true,
        Expression expression => IsOfInputs(expression.Left) && IsOfInputs(expression.Right),
        _ => false,
    };
}
