using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.State;

/// <content>What goes out of the reach of the body: the blocks that go along belong to somebody else from there on.</content>
internal sealed partial class Frame
{
    /// <summary>The value goes somewhere that cannot be followed: its blocks belong to somebody else from here on.</summary>
    public void Escape(Value value, IOperation? at)
    {
        for (Value? next = value; next is not null; next = (next as Closure)?.Receiver)
        {
            EscapeOne(next, at);
        }
    }

    /// <summary>An element of an array that a loop has filled is taken out somewhere, and not only used: whoever does that may do it with all of them.</summary>
    public void LeaveTable(Value value, IOperation? at)
    {
        if (value is Pointer { Block: { IsInTable: true, Site: not null } block } && !IsAssigned(at) && !TableUses.IsOnlyUsed(at, _known))
        {
            Log.Depart(block, Destination.Elsewhere, null, at);
        }
    }

    /// <summary>Whether what is mentioned, or a field of it, is given a value.</summary>
    private static bool IsAssigned(IOperation? mention)
    {
        while (mention?.Parent is IFieldReferenceOperation field)
        {
            mention = field;
        }

        return mention?.Parent is ISimpleAssignmentOperation assignment && assignment.Target == mention;
    }

    /// <summary>The inputs that <paramref name="value"/> may be belong to somebody else from here on.</summary>
    public void EscapeInputs(Value value, IOperation? at)
    {
        foreach (var input in Universe.InputsIn(value))
        {
            if (State[Universe.External(input)] is null)
            {
                State = State.WithBlock(Universe.External(input), new BlockState(Ownership.Transferred) { TransferredAt = at });
            }
        }
    }

    /// <summary>The inputs that lie in fields of new objects, or in the memory of new blocks, that <paramref name="value"/> leads to.</summary>
    private void EscapeInputsWithin(Value value, IOperation? at)
    {
        var seen = new HashSet<object>();
        var pending = new Stack<Value>();
        pending.Push(value);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            object? root = next switch
            {
                Sym { Kind: SymKind.NewObject } made => made,
                Pointer { Block: { Site: not null } block } => block,
                _ => null,
            };
            if (next is Aggregate aggregate)
            {
                foreach (var member in aggregate.Members.Values)
                {
                    pending.Push(member);
                }
            }
            else if (next is Borrower borrower)
            {
                pending.Push(borrower.Result);
            }

            if (root is null || !seen.Add(root))
            {
                continue;
            }

            foreach (var pair in State.Values)
            {
                if (pair.Key.Base is { Kind: PlaceKind.Object or PlaceKind.Content } start && ReferenceEquals(start.Root, root))
                {
                    if (pair.Value is Sym { Kind: SymKind.Input or SymKind.Join })
                    {
                        EscapeInputs(pair.Value, at);
                    }

                    pending.Push(pair.Value);
                }
            }
        }
    }

    /// <summary>The value has escaped to where others find it: when it is an object that the body has made, what is put into it from here on is theirs as well.</summary>
    public void Publish(Value value, IOperation at)
    {
        if (value is Sym { Kind: SymKind.NewObject } made)
        {
            State = State.WithBlock(Universe.External(made), new BlockState(Ownership.Transferred) { TransferredAt = at });
        }
    }

    private bool HasEscaped(Sym made) => !State.Blocks.IsEmpty && State[Universe.External(made)] is { Ownership: Ownership.Transferred };

    private void EscapeOne(Value value, IOperation? at)
    {
        foreach (var block in BlocksIn(value))
        {
            if (State[block] is { Ownership: Ownership.Owned } state)
            {
                State = State.WithBlock(block, state with { Ownership = Ownership.Transferred, TransferredAt = at });
                EscapeParents(block, at);
            }
            else
            {
                Yields.NoteUse(block, State[block]);
            }
        }

        Tables.Leave(value, at);
        if (value is Sym { Kind: SymKind.NewObject } table)
        {
            Tables.Depart(table, at);
        }
        else if (value is NotHeap { Table: { } array })
        {
            Tables.Forget(array, at);
        }

        // what comes from outside and goes on to somewhere else: callers have to know
        if (value is Sym { Kind: SymKind.Input or SymKind.Join } or Aggregate)
        {
            EscapeInputs(value, at);
        }

        if (value is Sym { Kind: SymKind.NewObject } or Aggregate or Borrower || (value is Pointer { Block.Site: not null } && Universe.HasContents))
        {
            EscapeInputsWithin(value, at);
        }
    }

    /// <summary>Whoever has a handle gets back by it to the one that native code has made it of: a module, and its context.</summary>
    private void EscapeParents(Block block, IOperation? at)
    {
        if (block.MadeOf.IsEmpty)
        {
            return;
        }

        var pending = new Stack<Block>(block.MadeOf);
        while (pending.Count > 0)
        {
            // not so of a text that it was handed
            var parent = pending.Pop();
            if (parent.Family is { IsInferred: true } && State[parent] is { Ownership: Ownership.Owned } state)
            {
                State = State.WithBlock(parent, state with { Ownership = Ownership.Transferred, TransferredAt = at });
                foreach (var further in parent.MadeOf)
                {
                    pending.Push(further);
                }
            }
        }
    }
}
