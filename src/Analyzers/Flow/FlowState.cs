using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow;

/// <summary>One condition that a path has taken, for the message.</summary>
internal sealed record Step(Step? Before, IOperation Condition, bool Outcome, int Length);

/// <summary>
/// What is known at a point of a path: what the places hold, who owns the blocks, what has been learnt of the unknowns.
/// Immutable. A place that is not in the table still holds what it held when the body began.
/// </summary>
internal sealed record FlowState
{
    /// <summary>The state at the beginning of a body.</summary>
    public static readonly FlowState Start = new();

    private string? _key;

    public ImmutableDictionary<Place, Value> Values { get; init; } = ImmutableDictionary<Place, Value>.Empty;

    public ImmutableDictionary<Block, BlockState> Blocks { get; init; } = ImmutableDictionary<Block, BlockState>.Empty;

    public ImmutableDictionary<Value, Fact> Facts { get; init; } = ImmutableDictionary<Value, Fact>.Empty;

    /// <summary>The conditions on the way, latest first; not part of what tells states apart.</summary>
    public Step? Path { get; init; }

    /// <summary>The exception edge that the path took last, if it has left by one.</summary>
    public IOperation? Thrown { get; init; }

    /// <summary>What tells this state apart from others at the same point: who owns what, and through which places.</summary>
    public string OwnershipKey(bool coarse)
    {
        if (coarse)
        {
            return BuildKey(coarse: true);
        }

        return _key ??= BuildKey(coarse: false);
    }

    public FlowState WithValue(Place place, Value value) => this with { Values = Values.SetItem(place, value), _key = null };

    public FlowState WithBlock(Block block, BlockState state) => this with { Blocks = Blocks.SetItem(block, state), _key = null };

    public FlowState With(ImmutableDictionary<Place, Value> values, ImmutableDictionary<Block, BlockState> blocks) =>
        this with { Values = values, Blocks = blocks, _key = null };

    public FlowState WithFact(Value about, Fact fact) =>
        this with { Facts = fact.IsNone ? Facts.Remove(about) : Facts.SetItem(about, fact), _key = _key };

    public FlowState WithStep(IOperation condition, bool outcome) =>
        this with { Path = new Step(Path, condition, outcome, (Path?.Length ?? 0) + 1), _key = _key };

    /// <summary>The state of <paramref name="block"/>, or null when nothing has happened to it.</summary>
    public BlockState? this[Block block] => Blocks.TryGetValue(block, out var state) ? state : null;

    /// <summary>The fact about <paramref name="value"/>.</summary>
    public Fact FactOf(Value value) => Facts.TryGetValue(value, out var fact) ? fact : Fact.None;

    /// <summary>The places that hold <paramref name="block"/>, in a stable order.</summary>
    public IEnumerable<Place> HoldersOf(Block block) => Values.Where(pair => Designates(pair.Value, block)).Select(pair => pair.Key);

    /// <summary>Whether <paramref name="value"/> is, points into, or is a view over <paramref name="block"/>.</summary>
    public static bool Designates(Value value, Block block) => value switch
    {
        Pointer pointer => pointer.Block == block,
        Sym symbol => symbol == block.External,
        Aggregate aggregate => aggregate.Members.Values.Any(member => Designates(member, block)),
        _ => false,
    };

    private string BuildKey(bool coarse)
    {
        // Tables are walked in the order of the ids, which are their hashes.
        var holders = coarse ? null : HoldersByBlock();
        var text = new StringBuilder();
        foreach (var pair in Blocks)
        {
            var state = pair.Value;
            if (state.Ownership == Ownership.Transferred)
            {
                continue;
            }

            text.Append(pair.Key.Id).Append(state.Ownership == Ownership.Owned ? 'o' : 'r');
            if (holders is null)
            {
                continue;
            }

            if (state.ThrownBy is not null)
            {
                text.Append('!');
            }

            if (state.StillUsedBy is not null)
            {
                text.Append('u');
            }

            if (holders.TryGetValue(pair.Key, out var held))
            {
                text.Append(held);
            }

            text.Append(';');
        }

        if (!coarse)
        {
            AppendDeciders(text);
        }

        return text.ToString();
    }

    private Dictionary<Block, StringBuilder> HoldersByBlock()
    {
        var holders = new Dictionary<Block, StringBuilder>();
        if (Blocks.IsEmpty)
        {
            return holders;
        }

        Dictionary<Sym, Block>? externals = null;
        foreach (var pair in Blocks)
        {
            if (pair.Key.External is { } external)
            {
                (externals ??= new Dictionary<Sym, Block>()).Add(external, pair.Key);
            }
        }

        foreach (var pair in Values)
        {
            switch (pair.Value)
            {
                case Pointer pointer:
                    Append(pointer.Block, pair.Key).Append(pointer.Offset switch { Offset.Start => "", Offset.Inside => "+", _ => "?" });
                    break;
                case Sym symbol when externals is not null && externals.TryGetValue(symbol, out var outside):
                    Append(outside, pair.Key);
                    break;
            }
        }

        return holders;

        StringBuilder Append(Block block, Place place)
        {
            if (!holders.TryGetValue(block, out var text))
            {
                holders.Add(block, text = new StringBuilder());
            }

            return text.Append(',').Append(place.Id);
        }
    }

    /// <summary>What a call of a delegate does, and what a reference stands for, decides about blocks too.</summary>
    private void AppendDeciders(StringBuilder text)
    {
        foreach (var holder in Values)
        {
            switch (holder.Value)
            {
                case Closure closure:
                    text.Append('c').Append(holder.Key.Id).Append(':').Append(closure.Body?.Syntax.SpanStart ?? closure.Target.Name.Length).Append(closure.Target.Name);
                    break;
                case NotHeap:
                    text.Append('n').Append(holder.Key.Id);
                    break;
                case Pointer { Offset: not Offset.Start, IsView: false } inner when !Blocks.ContainsKey(inner.Block):
                    text.Append('p').Append(holder.Key.Id).Append(inner.Offset == Offset.Inside ? '+' : '?');
                    break;
                case Address address when holder.Key.Kind == PlaceKind.Local:
                    text.Append('a').Append(holder.Key.Id).Append(':').Append(address.Place.Id);
                    break;
            }
        }
    }
}
