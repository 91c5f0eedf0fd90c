using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>What an operation in a loop gives has the same name in each round: where it runs again, what is left of the round before is forgotten, or gets another name.</summary>
internal sealed class Rounds(Frame frame)
{
    private readonly List<(object From, object? To)> _retired = new();

    /// <summary>How often the blocks and objects of a round have been given another name so far.</summary>
    public int Retirements => _retired.Count;

    /// <summary>The block or object of the last round has another name from now on; there is none when <paramref name="to"/> is null.</summary>
    public void NoteRetired(object from, object? to) => _retired.Add((from, to));

    /// <summary>What a value that was read after so many retirements is called now.</summary>
    public Value AfterRetirements(Value value, int since)
    {
        for (var i = since; i < _retired.Count; i++)
        {
            value = AfterRetirement(value, _retired[i]);
        }

        return value;
    }

    private Value AfterRetirement(Value value, (object From, object? To) retired) => (retired, value) switch
    {
        ((Block from, var to), Pointer pointer) when pointer.Block == from => to is Block older ? pointer with { Block = older } : Value.Unknown,
        ((Block, Block to), Pointer pointer) when pointer.Block == to => Value.Unknown,
        ((Sym from, Sym to), _) => Renamed(value, from, to),
        (_, Aggregate whole) => whole.With(member => AfterRetirement(member, retired)),
        _ => value,
    };

    /// <summary>Makes every mention of <paramref name="symbol"/> stale, because the operation that gives it runs again.</summary>
    public void Refresh(Sym symbol)
    {
        LeaveWithOwner(symbol);
        List<(Sym Older, Fact Fact)>? kept = null;
        if (symbol.Kind == SymKind.Result && !frame.State.FactOf(symbol).IsNone)
        {
            ForgetOlder(symbol);
        }

        var state = frame.State;
        var values = state.Values;
        foreach (var pair in values)
        {
            if (Mentions(pair.Value, symbol))
            {
                values = values.SetItem(pair.Key, OfLastRound(pair, symbol, ref kept));
            }
            else if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym root } && Mentions(root, symbol))
            {
                values = values.Remove(pair.Key);
            }
        }

        var blocks = state.Blocks;
        foreach (var pair in blocks)
        {
            if (pair.Key.External is { } external && Mentions(external, symbol))
            {
                blocks = blocks.Remove(pair.Key);
            }
        }

        if (!ReferenceEquals(values, state.Values) || !ReferenceEquals(blocks, state.Blocks))
        {
            state = state.With(values, blocks);
        }

        foreach (var pair in state.Facts)
        {
            if (Mentions(pair.Key, symbol))
            {
                state = state.WithFact(pair.Key, Fact.None);
            }
        }

        foreach (var (older, fact) in kept ?? [])
        {
            state = state.WithFact(older, fact);
        }

        frame.State = state;
    }

    /// <summary>What a variable keeps of the round before: of its value it is known what was known of it.</summary>
    private Value OfLastRound(KeyValuePair<Place, Value> kept, Sym symbol, ref List<(Sym Older, Fact Fact)>? facts)
    {
        if (symbol.Kind != SymKind.Result || !IsPlain(kept.Key) || Sums.Split(kept.Value).Of is not Sym of || of != symbol || frame.State.FactOf(kept.Value) is not { IsNone: false } fact)
        {
            return Value.Unknown;
        }

        var older = frame.Universe.Join(symbol, kept.Key);
        (facts ??= new()).Add((older, fact));
        return older;
    }

    /// <summary>The names that variables had for what the operation gave before the last round.</summary>
    private void ForgetOlder(Sym symbol)
    {
        foreach (var pair in frame.State.Values)
        {
            if (IsPlain(pair.Key) && Sums.Split(pair.Value).Of is Sym of && of == symbol)
            {
                Refresh(frame.Universe.Join(symbol, pair.Key));
            }
        }
    }

    private static bool IsPlain(Place place) => place.Kind == PlaceKind.Local || (place.Kind == PlaceKind.Member && place.Base.Kind is PlaceKind.This or PlaceKind.Object);

    /// <summary>What an object of the round before holds stays with it, when something from outside still leads to the object.</summary>
    private void LeaveWithOwner(Sym symbol)
    {
        if (frame.State.Blocks.IsEmpty)
        {
            return;
        }

        if (symbol.Kind != SymKind.NewObject)
        {
            LeaveWithOther(symbol);
            return;
        }

        foreach (var pair in frame.State.Values)
        {
            if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym root } && root == symbol && pair.Value is Pointer { Block: var block } && frame.State[block] is { Ownership: Ownership.Owned } state)
            {
                var isKept = symbol.Type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } holder && Finalizers.Has(holder);
                foreach (var other in frame.State.Values)
                {
                    if (other.Value == (Value)symbol && other.Key.Parent is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } table } && table != symbol && other.Key.Root is long)
                    {
                        // the object stays in the table
                        block.IsInTable = true;
                        frame.Tables.Note(table, block, isElement: true);
                        isKept = true;
                    }

                    isKept |= other.Key.IsInput && other.Value == (Value)symbol;
                }

                if (isKept)
                {
                    frame.State = frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred });
                }
            }
        }
    }

    /// <summary>An object of others that the body has met, an element of a list for instance, keeps what the body has put into its fields.</summary>
    private void LeaveWithOther(Sym symbol)
    {
        foreach (var pair in frame.State.Values)
        {
            if (pair.Value is Pointer { IsView: false, Block: { Site: not null } block } && pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym owner } && Mentions(owner, symbol) && frame.State[block] is { Ownership: Ownership.Owned } state)
            {
                frame.Log.Depart(block, Destination.OtherObject, pair.Key, null);
                frame.State = frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred });
            }
        }
    }

    /// <summary>Whether a place holds the object.</summary>
    public bool IsReferred(Sym made)
    {
        foreach (var pair in frame.State.Values)
        {
            if (pair.Value is Sym value && value == made)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives every mention of <paramref name="symbol"/> another name, because the operation that gives it runs again while its last result is still in use.</summary>
    public void Rename(Sym symbol, Sym older)
    {
        Refresh(older);
        LeaveWithOwner(symbol);
        NoteRetired(symbol, older);
        var state = frame.State;
        var values = state.Values;
        foreach (var pair in values)
        {
            if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym root } && Mentions(root, symbol))
            {
                values = values.Remove(pair.Key);
                if (root == symbol && symbol.Kind == SymKind.NewObject)
                {
                    values = values.SetItem(frame.Universe.Rebase(pair.Key, frame.Universe.Object(older)), Renamed(pair.Value, symbol, older));
                }
            }
            else if (!ReferenceEquals(Renamed(pair.Value, symbol, older), pair.Value))
            {
                values = values.SetItem(pair.Key, Renamed(pair.Value, symbol, older));
            }
        }

        var blocks = state.Blocks;
        if (blocks.TryGetValue(frame.Universe.External(symbol), out var known))
        {
            blocks = blocks.Remove(frame.Universe.External(symbol)).SetItem(frame.Universe.External(older), known);
        }

        frame.State = state.With(values, blocks);
        Refresh(symbol);
    }

    /// <summary><paramref name="value"/> after <see cref="Rename"/>.</summary>
    public Value Renamed(Value value, Sym symbol, Sym older) => value switch
    {
        Sym other when other == symbol => older,
        Pointer { Block.External: { } external } pointer when external == symbol => pointer with { Block = frame.Universe.External(older) },
        Aggregate aggregate => aggregate.With(member => Renamed(member, symbol, older)),
        _ when Mentions(value, symbol) => Value.Unknown,
        _ => value,
    };

    /// <summary>Whether <paramref name="value"/> is built from <paramref name="symbol"/>.</summary>
    public static bool Mentions(Value value, Sym symbol) => value switch
    {
        Sym other => other == symbol || (other.Origin is ReadOrigin read && Mentions(read.Of, symbol)) || (other.Object is { } owner && Mentions(owner, symbol)),
        Expression expression => Mentions(expression.Left, symbol) || Mentions(expression.Right, symbol),
        Aggregate aggregate => aggregate.Any(symbol, static (member, sought) => Mentions(member, sought)),
        Borrower borrower => Mentions(borrower.Result, symbol),
        _ => false,
    };
}
