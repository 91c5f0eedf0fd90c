using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// What lies in the memory of a block that the body allocated: pointers in its structs hold other blocks, as fields of
/// objects do. Followed as long as the block is only reached through pointers to its start.
/// </summary>
internal sealed class Contents
{
    /// <summary>So many blocks are followed from one into the next; lists have no end.</summary>
    private const int MaxHops = 3;
    private readonly Frame _frame;

    public Contents(Frame frame)
    {
        _frame = frame;
    }

    /// <summary>What a pointer to the start of a block points to, or <paramref name="index"/> elements further on.</summary>
    public Place? Behind(Pointer pointer, ITypeSymbol? type, long index)
    {
        if (pointer.IsView || pointer.Offset != Offset.Start || Step(index) is not { } step)
        {
            return null;
        }

        var memory = pointer.Block.External is { } external ? _frame.Universe.Object(external) : _frame.Universe.Content(pointer.Block);
        return _frame.Universe.Member(memory, step, type);
    }

    /// <summary>What an element of the memory behind a pointer is known by; null for one that is not followed.</summary>
    public static object? Step(long index) => index switch
    {
        0 => "*",
        > 0 and < 16 => index,
        _ => null,
    };

    /// <summary>The block that the place lies in the memory of, when the body allocated it.</summary>
    public static Block? BlockOf(Place place) => place.Base is { Kind: PlaceKind.Content, Root: Block block } ? block : null;

    /// <summary>Whether what is written to the place stays within reach of the body and of nobody else.</summary>
    public bool Keeps(Place place, Value value) =>
        BlockOf(place) is not { } block || (_frame.State[block]?.Ownership == Ownership.Owned && HopsUp(block) + 1 + HopsDown(value) <= MaxHops);

    /// <summary>The memory starts out as zeros.</summary>
    public void Clear(Block block)
    {
        if (_frame.Universe.Member(_frame.Universe.Content(block), "*", null) is { } all)
        {
            _frame.State = _frame.State.WithValue(all, Value.Null);
        }
    }

    /// <summary>Something that cannot be followed looks into the block or writes to it: what it holds belongs to somebody else from here on.</summary>
    public void GiveUp(Block block, IOperation? at) => GiveUp(block, at, static _ => true);

    /// <summary>The same of those places in the block that <paramref name="isReached"/> names.</summary>
    public void GiveUp(Block block, IOperation? at, Func<Place, bool> isReached)
    {
        if (!_frame.Universe.HasContents)
        {
            return;
        }

        foreach (var pair in _frame.State.Values)
        {
            if (BlockOf(pair.Key) == block && isReached(pair.Key))
            {
                _frame.State = _frame.State.With(_frame.State.Values.Remove(pair.Key), _frame.State.Blocks);
                _frame.LeaveTable(pair.Value, at);
                _frame.Escape(pair.Value, at);
            }
        }
    }

    /// <summary>The memory goes; gives the blocks that only it held.</summary>
    public List<(Block Block, Place Place)> Drop(Block block)
    {
        var lost = new List<(Block, Place)>();
        if (!_frame.Universe.HasContents)
        {
            return lost;
        }

        var values = _frame.State.Values.RemoveAll(pair => BlockOf(pair.Key) == block);
        var before = _frame.State.Values;
        if (ReferenceEquals(values, before))
        {
            return lost;
        }

        _frame.State = _frame.State.With(values, _frame.State.Blocks);
        foreach (var pair in before)
        {
            if (BlockOf(pair.Key) == block && pair.Value is Pointer { Block: { Site: not null } inner } && _frame.State[inner]?.Ownership == Ownership.Owned && !_frame.IsHeld(inner))
            {
                lost.Add((inner, pair.Key));
            }
        }

        return lost;
    }

    /// <summary>The block is known by another name from here on.</summary>
    public void Move(Block from, Block to)
    {
        if (!_frame.Universe.HasContents)
        {
            return;
        }

        var values = _frame.State.Values;
        foreach (var pair in _frame.State.Values)
        {
            if (BlockOf(pair.Key) == from)
            {
                values = values.Remove(pair.Key).SetItem(_frame.Universe.Rebase(pair.Key, _frame.Universe.Content(to)), pair.Value);
            }
        }

        _frame.State = _frame.State.With(values, _frame.State.Blocks);
    }

    /// <summary>Whether the block lies only in the memory of one that is out of reach itself: the outer one is what is lost.</summary>
    public bool IsLostWithOuter(Block block)
    {
        var first = block;
        var seen = new HashSet<Block> { block };
        for (var outer = ContainerOf(block); outer is not null; outer = ContainerOf(outer))
        {
            if (!seen.Add(outer))
            {
                // they hold each other: the first of them speaks for all
                return seen.Any(other => other.Id < first.Id);
            }
        }

        return seen.Count > 1;
    }

    /// <summary>The block in whose memory a pointer to this one lies.</summary>
    public Block? ContainerOf(Block block)
    {
        if (!_frame.Universe.HasContents)
        {
            return null;
        }

        foreach (var pair in _frame.State.Values)
        {
            if (BlockOf(pair.Key) is { } outer && outer != block && FlowState.Designates(pair.Value, block))
            {
                return outer;
            }
        }

        return null;
    }

    private int HopsUp(Block block)
    {
        var hops = 0;
        for (var outer = ContainerOf(block); outer is not null && hops <= MaxHops; outer = ContainerOf(outer))
        {
            hops++;
        }

        return hops;
    }

    private int HopsDown(Value value)
    {
        var level = _frame.BlocksHeldBy(value);
        var seen = new HashSet<Block>(level);
        var hops = 0;
        while (level.Count > 0 && hops <= MaxHops)
        {
            var next = new List<Block>();
            foreach (var pair in _frame.State.Values)
            {
                if (BlockOf(pair.Key) is { } outer && level.Contains(outer) && pair.Value is Pointer { Block: var inner } && seen.Add(inner))
                {
                    next.Add(inner);
                }
            }

            hops += next.Count > 0 ? 1 : 0;
            level = next;
        }

        return hops;
    }
}
