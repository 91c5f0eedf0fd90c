using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <content>Who holds which blocks.</content>
internal sealed partial class Frame
{
    /// <summary>Whether a place that can still be reached holds the block.</summary>
    public bool IsHeld(Block block)
    {
        if (block.CountedBy is not null)
        {
            return true;
        }

        foreach (var pair in State.Values)
        {
            if (FlowState.Designates(pair.Value, block) || (pair.Value is Borrower borrower && borrower.Blocks.Contains(block)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All blocks that <paramref name="value"/> designates or leads to.</summary>
    public ImmutableArray<Block> BlocksIn(Value value)
    {
        if (value is not (Pointer or Borrower or Aggregate or Sym) || (value is Sym && State.Blocks.IsEmpty))
        {
            return ImmutableArray<Block>.Empty;
        }

        if (value is Pointer pointer && !Universe.HasContents)
        {
            return pointer.Block.Alone;
        }

        if ((value is Sym symbol && !LeadsAnywhere(symbol)) || (value is Aggregate aggregate && !aggregate.Any(this, static (member, frame) => member is Pointer or Borrower or Aggregate || (member is Sym part && frame.LeadsAnywhere(part)))))
        {
            return ImmutableArray<Block>.Empty;
        }

        var found = new List<Block>();
        var seen = new List<Sym>();
        CollectBlocks(value, found, seen);
        for (var i = 0; i < found.Count && Universe.HasContents; i++)
        {
            foreach (var pair in State.Values)
            {
                if (Contents.BlockOf(pair.Key) == found[i])
                {
                    CollectBlocks(pair.Value, found, seen);
                }
            }
        }

        return found.Count == 0 ? ImmutableArray<Block>.Empty : found.ToImmutableArray();
    }

    /// <summary>Whether the object is a block itself, or anything is known to lie in it.</summary>
    private bool LeadsAnywhere(Sym symbol)
    {
        foreach (var pair in State.Blocks)
        {
            if (pair.Key.External == symbol)
            {
                return true;
            }
        }

        foreach (var pair in State.Values)
        {
            if (pair.Key.Base is { Kind: PlaceKind.Object } start && ReferenceEquals(start.Root, symbol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The blocks that <paramref name="value"/> designates, without what lies in their memory.</summary>
    public List<Block> BlocksHeldBy(Value value)
    {
        var found = new List<Block>();
        CollectBlocks(value, found, new List<Sym>());
        return found;
    }

    private List<Block>? OwnedBlocksIn(Place place)
    {
        List<Block>? owned = null;
        if (State.Blocks.IsEmpty)
        {
            return null;
        }

        if (!CanHaveMembers(place))
        {
            if (State.Values.TryGetValue(place, out var value))
            {
                AddOwned(value, ref owned);
            }

            return owned;
        }

        foreach (var pair in State.Values)
        {
            if (pair.Key.IsWithin(place))
            {
                AddOwned(pair.Value, ref owned);
            }
        }

        return owned;
    }

    private void AddOwned(Value value, ref List<Block>? owned)
    {
        foreach (var block in BlocksIn(value))
        {
            if (State[block]?.Ownership == Ownership.Owned && owned?.Contains(block) != true)
            {
                (owned ??= new List<Block>()).Add(block);
            }
        }
    }

    private void CollectBlocks(Value value, List<Block> found, List<Sym> seen)
    {
        switch (value)
        {
            case Pointer pointer:
                Add(pointer.Block);
                break;
            case Borrower borrower:
                foreach (var block in borrower.Blocks)
                {
                    Add(block);
                }

                CollectBlocks(borrower.Result, found, seen);
                break;
            case Aggregate aggregate:
                foreach (var member in aggregate.Members.OrderBy(pair => pair.Key is ISymbol s ? s.Name : pair.Key.ToString(), StringComparer.Ordinal))
                {
                    CollectBlocks(member.Value, found, seen);
                }

                break;
            case Sym symbol when !seen.Contains(symbol):
                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                seen.Add(symbol);
                if (State.Blocks.ContainsKey(Universe.External(symbol)))
                {
                    Add(Universe.External(symbol));
                }

                foreach (var pair in State.Values)
                {
                    if (pair.Key.Base is { Kind: PlaceKind.Object } start && ReferenceEquals(start.Root, symbol))
                    {
                        CollectBlocks(pair.Value, found, seen);
                    }
                }

                break;
        }

        void Add(Block block)
        {
            if (!found.Contains(block))
            {
                found.Add(block);
            }
        }
    }
}
