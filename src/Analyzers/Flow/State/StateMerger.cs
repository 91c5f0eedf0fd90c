using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Knowledge;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// Joins states at a point of the graph: states that agree on who owns what become one, and what they disagree on
/// otherwise becomes an unknown of that point (property simulation).
/// </summary>
internal sealed class StateMerger
{
    private readonly Universe _universe;

    public StateMerger(Universe universe)
    {
        _universe = universe;
    }

    /// <summary>The state that holds on both paths; <paramref name="known"/> itself when <paramref name="added"/> tells nothing new.</summary>
    public FlowState Join(FlowState known, FlowState added, object point, bool widen)
    {
        if (ReferenceEquals(known, added))
        {
            return known;
        }

        var stale = _stale;
        stale.Clear();
        var values = JoinValues(known, added, point, stale);
        var facts = known.Facts;
        foreach (var pair in known.Facts)
        {
            var theirs = MentionsAny(pair.Key, stale) ? (pair.Key is Sym ? pair.Value : Relations.FactOf(pair.Key, added, _joined, stale)) : Alternatives.FactOf(pair.Key, added);
            var joined = pair.Key is Sym symbol && stale.Contains(symbol) ? pair.Value : Fact.Join(pair.Value, theirs, widen);
            if (!joined.Equals(pair.Value))
            {
                facts = joined.IsNone ? facts.Remove(pair.Key) : facts.SetItem(pair.Key, joined);
            }
        }

        facts = Alternatives.Add(Alternatives.Add(facts, known, added, stale), added, known, stale);
        if (!ReferenceEquals(facts, known.Facts))
        {
            facts = Alternatives.AddEither(Alternatives.AddEither(facts, known, added, stale), added, known, stale);
        }

        foreach (var (symbol, mine, theirs) in _joined)
        {
            facts = Relations.Add(Relations.Add(facts, symbol, mine, known, theirs, added, stale), symbol, theirs, added, mine, known, stale);
            if (Nullables.IsOne(symbol.Type))
            {
                facts = Nullables.Add(facts, symbol, mine, known, theirs, added);
            }

            var fact = Fact.Join(FactAbout(mine, known), FactAbout(theirs, added), widen);
            if (!fact.Equals(facts.TryGetValue(symbol, out var before) ? before : Fact.None))
            {
                facts = fact.IsNone ? facts.Remove(symbol) : facts.SetItem(symbol, fact);
            }
        }

        _joined.Clear();
        var blocks = JoinBlocks(known, added, stale);
        if (ReferenceEquals(values, known.Values) && ReferenceEquals(facts, known.Facts) && ReferenceEquals(blocks, known.Blocks))
        {
            return known;
        }

        return known.With(values, blocks) with { Facts = facts };
    }

    // what one join needs, kept for the next
    private readonly List<(Sym Symbol, Value Mine, Value Theirs)> _joined = new();
    private readonly HashSet<Sym> _stale = new();
    private readonly HashSet<Place> _differing = new();
    private readonly List<Place> _ordered = new();

    private Table<Place, Value> JoinValues(FlowState known, FlowState added, object point, HashSet<Sym> stale)
    {
        // Which places get a new unknown; a place that mentions an unknown which is renewed gets one too.
        var differing = _differing;
        differing.Clear();
        var values = known.Values;
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var pair in known.Values)
            {
                grown |= Compare(pair.Key, pair.Value, added.Values.TryGetValue(pair.Key, out var theirs) ? theirs : Default(pair.Key));
            }

            foreach (var pair in added.Values)
            {
                if (!known.Values.ContainsKey(pair.Key))
                {
                    grown |= Compare(pair.Key, Default(pair.Key), pair.Value);
                }
            }
        }

        bool Compare(Place place, Value mine, Value theirs)
        {
            if ((ReferenceEquals(mine, theirs) && stale.Count == 0) || differing.Contains(place))
            {
                return false;
            }

            if (SameBlock(mine, theirs) is { } pointer)
            {
                values = pointer.Equals(mine) ? values : values.SetItem(place, pointer);
                return false;
            }

            if (mine.Equals(theirs) && !MentionsAny(theirs, stale))
            {
                return false;
            }

            if (mine is Borrower task && theirs is Borrower other && task.UsesTheSame(other) && !MentionsAny(other, stale))
            {
                values = values.SetItem(place, task with { StartedAt = null });
                return false;
            }

            if (place.Root is Collections.AddedItem && (mine is Pointer || theirs is Pointer))
            {
                // whatever else is in the collection, and on whichever path
                values = mine is Pointer ? values : values.SetItem(place, theirs);
                return false;
            }

            if (BothTruths.Of(mine, known, theirs, added, place) is { } both && !MentionsAny(both, stale))
            {
                values = values.SetItem(place, both);
                return false;
            }

            differing.Add(place);
            var symbol = _universe.Join(point, place);
            return !theirs.Equals(symbol) && stale.Add(symbol);
        }

        if (differing.Count == 0)
        {
            return values;
        }

        _ordered.Clear();
        _ordered.AddRange(differing);
        _ordered.Sort(static (x, y) => x.Id.CompareTo(y.Id));
        foreach (var place in _ordered)
        {
            var mine = ValueOf(known, place);
            var theirs = ValueOf(added, place);
            if (SameNumber(place, mine, theirs) is { } same)
            {
                values = values.SetItem(place, same);
                continue;
            }

            var symbol = _universe.Join(point, place);
            _joined.Add((symbol, mine, theirs));
            _universe.NoteJoined(symbol, mine);
            _universe.NoteJoined(symbol, theirs);
            if (!mine.Equals(symbol))
            {
                values = values.SetItem(place, symbol);
            }
        }

        return values;
    }

    /// <summary>What paths leave in another variable that has the same number on each of them: it has the same now.</summary>
    private Sym? SameNumber(Place place, Value mine, Value theirs)
    {
        if (place.Type is not { IsValueType: true } || Frame.CanCarry(place.Type) || mine is UnknownValue || theirs is UnknownValue)
        {
            return null;
        }

        foreach (var (symbol, one, other) in _joined)
        {
            if (one.Equals(mine) && other.Equals(theirs) && SymbolEqualityComparer.Default.Equals(symbol.Type, place.Type))
            {
                return symbol;
            }
        }

        return null;
    }

    private static Table<Block, BlockState> JoinBlocks(FlowState known, FlowState added, HashSet<Sym> stale)
    {
        var blocks = known.Blocks;
        foreach (var pair in known.Blocks)
        {
            // what the unknown of this point stood for so far is no longer what it stands for
            if (pair.Key.External is { } external && MentionsAny(external, stale))
            {
                blocks = blocks.Remove(pair.Key);
            }
        }

        foreach (var pair in added.Blocks)
        {
            if (pair.Key.External is { } external && MentionsAny(external, stale))
            {
                continue;
            }

            if (!blocks.TryGetValue(pair.Key, out var mine))
            {
                blocks = blocks.Add(pair.Key, pair.Value is { Ownership: Ownership.Transferred, GivenTo: null } ? pair.Value : pair.Value with { Ownership = Ownership.Transferred, GivenTo = null });
            }
            else if (mine.Ownership != pair.Value.Ownership)
            {
                if (mine.Ownership != Ownership.Transferred || mine.GivenTo is not null)
                {
                    blocks = blocks.SetItem(pair.Key, mine with { Ownership = Ownership.Transferred, GivenTo = null });
                }
            }
            else if (mine.GivenTo is not null && mine.GivenTo != pair.Value.GivenTo)
            {
                blocks = blocks.SetItem(pair.Key, mine with { GivenTo = null });
            }
            else if ((pair.Value.MayBeNull && !mine.MayBeNull) || (mine.Scope is not null && mine.Scope != pair.Value.Scope))
            {
                blocks = blocks.SetItem(pair.Key, mine with { MayBeNull = mine.MayBeNull || pair.Value.MayBeNull, Scope = mine.Scope == pair.Value.Scope ? mine.Scope : null, IsAfterFailure = mine.IsAfterFailure && pair.Value.IsAfterFailure });
            }
            else if (mine.IsAfterFailure && !pair.Value.IsAfterFailure)
            {
                // one way comes here without it
                blocks = blocks.SetItem(pair.Key, mine with { IsAfterFailure = false });
            }
        }

        foreach (var pair in blocks)
        {
            if ((pair.Value.Ownership != Ownership.Transferred || pair.Value.GivenTo is not null) && !added.Blocks.ContainsKey(pair.Key))
            {
                blocks = blocks.SetItem(pair.Key, pair.Value with { Ownership = Ownership.Transferred, GivenTo = null });
            }
            else if (pair.Value.Ownership == Ownership.Owned && blocks[pair.Key].Ownership == Ownership.Owned && !SameHolders(known, added, pair.Key))
            {
                blocks = blocks.SetItem(pair.Key, pair.Value with { Ownership = Ownership.Transferred });
            }
        }

        return blocks;
    }

    /// <summary>A pointer into one block on both paths, if not to one place in it; null when they point elsewhere.</summary>
    private static Pointer? SameBlock(Value mine, Value theirs)
    {
        if (mine is not Pointer one || theirs is not Pointer other || one.Block != other.Block || one.IsView != other.IsView || one.IsCleared != other.IsCleared)
        {
            return null;
        }

        var offset = one.Offset == other.Offset ? one.Offset : Offset.Somewhere;
        return offset == one.Offset && (one.Distance is null || one.Distance == other.Distance) ? one : one with { Offset = offset, Distance = one.Distance == other.Distance ? one.Distance : null };
    }

    private static bool SameHolders(FlowState known, FlowState added, Block block)
    {
        foreach (var pair in known.Values)
        {
            if (FlowState.Designates(pair.Value, block) &&
                (!(added.Values.TryGetValue(pair.Key, out var theirs) && FlowState.Designates(theirs, block)) || (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } owner } && !SameHolders(known, added, owner))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The variables that lead to an object, and the objects that do, are the same on both paths.</summary>
    private static bool SameHolders(FlowState known, FlowState added, Sym owner)
    {
        // few objects lie in others: the sets are made when one does
        HashSet<Sym>? seen = null;
        Stack<Sym>? pending = null;
        for (Sym? held = owner; held is not null; held = pending is { Count: > 0 } ? pending.Pop() : null)
        {
            foreach (var pair in known.Values)
            {
                if (pair.Value is not Sym { Kind: SymKind.NewObject } value || value != held)
                {
                    continue;
                }

                if (!(added.Values.TryGetValue(pair.Key, out var theirs) && theirs.Equals(held)))
                {
                    return false;
                }

                if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } outer } && (seen ??= new HashSet<Sym> { owner }).Add(outer))
                {
                    (pending ??= new Stack<Sym>()).Push(outer);
                }
            }
        }

        return true;
    }

    private static Fact FactAbout(Value value, FlowState state) => value switch
    {
        Const constant => Fact.Is(constant.Value),
        _ when NewArrays.Is(value) => Fact.IsNot(null) with { IsNewArray = true },
        Pointer or Address or NotHeap or Closure or Sym { Kind: SymKind.NewObject } => Fact.IsNot(null),
        UnknownValue => Fact.None,
        _ => state.FactOf(value),
    };

    private Value ValueOf(FlowState state, Place place) => state.Values.TryGetValue(place, out var value) ? value : Default(place);

    /// <summary>What a place holds that is not in the table.</summary>
    private Value Default(Place place) => place.IsInput ? _universe.Input(place) : Value.Unknown;

    public static bool MentionsAny(Value value, HashSet<Sym> symbols) => symbols.Count > 0 && value switch
    {
        Const or UnknownValue => false,
        Sym symbol => symbols.Contains(symbol) || (symbol.Origin is ReadOrigin read && MentionsAny(read.Of, symbols)) || (symbol.Object is { } owner && MentionsAny(owner, symbols)),
        Expression expression => MentionsAny(expression.Left, symbols) || MentionsAny(expression.Right, symbols),
        Aggregate aggregate => aggregate.Any(symbols, static (member, sought) => MentionsAny(member, sought)),
        Borrower borrower => MentionsAny(borrower.Result, symbols),
        _ => false,
    };
}
