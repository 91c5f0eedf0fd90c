using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>One condition that a path has taken, for the message.</summary>
/// <param name="Before">The one before it.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Outcome">How it turned out.</param>
/// <param name="IsForegone">It could not have turned out otherwise on this path.</param>
/// <param name="Length">The number of conditions so far.</param>
internal sealed record Step(Step? Before, IOperation Condition, bool Outcome, bool IsForegone, int Length);

/// <summary>
/// What is known at a point of a path: what the places hold, who owns the blocks, what has been learnt of the unknowns.
/// Immutable. A place that is not in the table still holds what it held when the body began.
/// </summary>
internal sealed record FlowState
{
    /// <summary>The state at the beginning of a body.</summary>
    public static readonly FlowState Start = new();

    private OwnershipKey? _key;

    public Table<Place, Value> Values { get; init; } = Table<Place, Value>.Empty;

    public Table<Block, BlockState> Blocks { get; init; } = Table<Block, BlockState>.Empty;

    public Table<Value, Fact> Facts { get; init; } = Table<Value, Fact>.Empty;

    /// <summary>The conditions on the way, latest first; not part of what tells states apart.</summary>
    public Step? Path { get; init; }

    /// <summary>The exception edge that the path took last, if it has left by one.</summary>
    public IOperation? Thrown { get; init; }

    /// <summary>What tells this state apart from others at the same point: who owns what, and through which places.</summary>
    public OwnershipKey KeyOf(bool coarse)
    {
        if (coarse)
        {
            return BuildKey(coarse: true);
        }

        return _key ??= BuildKey(coarse: false);
    }

    public FlowState WithValue(Place place, Value value) => With(Values.SetItem(place, value), Blocks);

    public FlowState WithBlock(Block block, BlockState state) => With(Values, Blocks.SetItem(block, state));

    public FlowState With(Table<Place, Value> values, Table<Block, BlockState> blocks) =>
        ReferenceEquals(values, Values) && ReferenceEquals(blocks, Blocks) ? this : this with { Values = values, Blocks = blocks, _key = null };

    public FlowState WithFact(Value about, Fact fact)
    {
        var facts = fact.IsNone ? Facts.Remove(about) : Facts.SetItem(about, fact);
        return ReferenceEquals(facts, Facts) ? this : this with { Facts = facts, _key = _key };
    }

    public FlowState WithStep(IOperation condition, bool outcome, bool isForegone) =>
        this with { Path = new Step(Path, condition, outcome, isForegone, (Path?.Length ?? 0) + 1), _key = _key };

    /// <summary>The state of <paramref name="block"/>, or null when nothing has happened to it.</summary>
    public BlockState? this[Block block] => Blocks.TryGetValue(block, out var state) ? state : null;

    /// <summary>The fact about <paramref name="value"/>.</summary>
    public Fact FactOf(Value value) => Facts.TryGetValue(value, out var fact) ? fact : InherentFacts.Of(value, this);

    /// <summary>The places that hold <paramref name="block"/>, in a stable order.</summary>
    public IEnumerable<Place> HoldersOf(Block block) => Values.Where(pair => Designates(pair.Value, block)).Select(pair => pair.Key);

    /// <summary>Whether <paramref name="value"/> is, points into, or is a view over <paramref name="block"/>.</summary>
    public static bool Designates(Value value, Block block) => value switch
    {
        Pointer pointer => pointer.Block == block,
        Sym symbol => symbol == block.External,
        Aggregate aggregate => aggregate.Any(block, static (member, sought) => Designates(member, sought)),
        _ => false,
    };

    private OwnershipKey BuildKey(bool coarse)
    {
        var key = default(OwnershipKey);
        foreach (var pair in Blocks)
        {
            if (pair.Value.Ownership != Ownership.Transferred)
            {
                key.Add(1, pair.Key.Id, pair.Value.Ownership == Ownership.Owned ? 1 : 2, coarse ? 0 : (pair.Value.ThrownBy is not null ? 1 : 0) + (pair.Value.StillUsedBy is not null ? 2 : 0) + (pair.Key.External is null ? 0 : ReleaseOf(pair.Value)));
            }
        }

        if (!coarse)
        {
            AddHolders(ref key);
        }

        return key;
    }

    /// <summary>Which function has released what the caller knows: each system has its own, and the caller has asked on which it runs.</summary>
    private static int ReleaseOf(BlockState state) => state is { Ownership: Ownership.Released, ReleasedAs.Name: var family } ? 4 * (Candidates.TreeWords.HashOf(family) & 0xFFFFFF) : 0;

    /// <summary>Which places hold which blocks; what a call of a delegate does, and what a reference stands for, decides about blocks too.</summary>
    private void AddHolders(ref OwnershipKey key)
    {
        var (hasExternals, hasOwn) = (false, false);
        foreach (var pair in Blocks)
        {
            hasExternals |= pair.Key.External is not null && pair.Value.Ownership != Ownership.Transferred;
            hasOwn |= pair.Key.External is null && pair.Value.Ownership != Ownership.Transferred;
        }

        var owners = hasOwn ? NewOwners() : null;
        foreach (var pair in Values)
        {
            var place = pair.Key;
            if (Summaries.HandedDelegates.IsNote(place))
            {
                // what the caller's delegate has been handed on this way
                key.Add(12, place.Id, 0, 0);
                continue;
            }

            switch (pair.Value)
            {
                case Pointer pointer when Blocks.TryGetValue(pointer.Block, out var block):
                    if (block.Ownership != Ownership.Transferred)
                    {
                        key.Add(2, pointer.Block.Id, place.Id, (int)pointer.Offset);
                    }

                    break;
                case Pointer { Offset: not Offset.Start, IsView: false } inner:
                    key.Add(3, place.Id, (int)inner.Offset, 0);
                    break;
                case Sym symbol when hasExternals:
                    foreach (var known in Blocks)
                    {
                        if (known.Key.External == symbol && known.Value.Ownership != Ownership.Transferred)
                        {
                            key.Add(2, known.Key.Id, place.Id, 0);
                        }
                    }

                    break;
                case Sym { Kind: SymKind.NewObject } made when owners?.Contains(made) == true && (place.Kind is PlaceKind.Local or PlaceKind.Parameter or PlaceKind.Temporary || IsElsewhere(place.Base) || IsPartOfNew(place)):
                    key.Add(9, made.Id, place.Id, 0);
                    break;
                case Sym { Kind: SymKind.Input, Type: IPointerTypeSymbol or IArrayTypeSymbol or { SpecialType: SpecialType.System_IntPtr } } given when place.Kind is PlaceKind.Result or PlaceKind.Temporary:
                    // which of the caller's blocks it gives back
                    key.Add(11, given.Id, place.Id, 0);
                    break;
                case Closure closure:
                    key.Add(4, place.Id, KeyOf(closure), 0);
                    break;
                case Aggregate aggregate:
                    foreach (var member in aggregate.Members)
                    {
                        if (member.Value is Closure one)
                        {
                            key.Add(4, place.Id, KeyOf(one), 1);
                        }
                    }

                    break;
                case Borrower task:
                    foreach (var used in task.Blocks)
                    {
                        // work goes on with it, or does not
                        if (Blocks.TryGetValue(used, out var inUse) && inUse.Ownership != Ownership.Transferred)
                        {
                            key.Add(10, used.Id, place.Id, 0);
                        }
                    }

                    break;
                case NotHeap:
                    key.Add(5, place.Id, 0, 0);
                    break;
                case Address address when place.Kind == PlaceKind.Local:
                    key.Add(6, place.Id, address.Place.Id, 0);
                    break;
            }
        }
    }

    private static int KeyOf(Closure closure) => closure.Body?.Syntax.SpanStart ?? SymbolEqualityComparer.Default.GetHashCode(closure.Target);

    /// <summary>The new objects that hold a block of the body; null when there is none.</summary>
    private HashSet<Sym>? NewOwners()
    {
        HashSet<Sym>? owners = null;
        foreach (var pair in Values)
        {
            if (pair.Value is Pointer pointer && pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } owner } &&
                Blocks.TryGetValue(pointer.Block, out var block) && block.Ownership != Ownership.Transferred)
            {
                (owners ??= new HashSet<Sym>()).Add(owner);
            }
        }

        return owners;
    }

    /// <summary>A field of another new object: <c>ready ? new Reader(owner) : null</c>.</summary>
    private static bool IsPartOfNew(Place place) => place is { Kind: PlaceKind.Member, Root: IFieldSymbol, Base: { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } } };

    /// <summary>Whether others than the body can reach the place: an object that is put there takes its blocks along.</summary>
    private static bool IsElsewhere(Place place) => !place.EndsWithBody && place is not ({ Kind: PlaceKind.Content } or { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } });
}
