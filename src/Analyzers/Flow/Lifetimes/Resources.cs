using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>What happens to blocks: they are allocated, used, released, handed on.</summary>
internal sealed partial class Resources
{
    private readonly Frame _frame;

    public Resources(Frame frame)
    {
        _frame = frame;
    }

    private readonly HashSet<Sym> _usedInputs = new();

    /// <summary>The fields that are used whatever way the body takes.</summary>
    public SureUses SureUses { get; } = new();

    /// <summary>The inputs that were read through or handed on somewhere.</summary>
    public ImmutableArray<Sym> UsedInputs => _usedInputs.OrderBy(input => input.Id).ToImmutableArray();

    /// <summary>When set, only the blocks of this allocation are followed: the way out when all together are too many.</summary>
    public SyntaxNode? OnlySite { get; set; }

    /// <summary>Whether the blocks that an operation gives are followed.</summary>
    public bool IsFollowed(IOperation at) => OnlySite is null || OnlySite == at.Syntax;

    /// <summary>The operation <paramref name="at"/> gives a new block.</summary>
    public Value Allocate(IOperation at, int index, Family family, string allocatedBy, bool mayBeNull, Value? pool = null, Value? from = null)
    {
        var block = _frame.Universe.Allocated(at, index, family);
        block.AllocatedBy = allocatedBy;
        block.Pool = pool;
        if (!IsFollowed(at))
        {
            // the one of the round before is another
            var unfollowed = _frame.Universe.Result(at, ("unfollowed", index));
            _frame.Rounds.Refresh(unfollowed);
            return unfollowed;
        }

        Retire(at, index, family);

        var scope = family.Lifetime == Lifetime.Request ? RequestScopes.At(_frame.State, from) : null;
        block.WasInScope |= scope is not null;
        _frame.State = _frame.State.WithBlock(block, new BlockState(Ownership.Owned) { MayBeNull = mayBeNull, Scope = scope });
        return new Pointer(block);
    }

    /// <summary>The call is handed the value and uses it; how that is said is only put together where there is something to say.</summary>
    public void UseIn(Call call, Value value, bool isSure = true) => Use(value, call.Operation, value is (Pointer or Sym) && !IsReleased(value) ? "" : call.PassedTo, isSure);

    /// <summary>Something reads, writes or hands on what <paramref name="value"/> designates.</summary>
    /// <param name="value">What is used.</param>
    /// <param name="at">Where.</param>
    /// <param name="how">How, as a message says it.</param>
    /// <param name="isSure">Whether a callee that does so does so in any case.</param>
    public void Use(Value value, IOperation at, string how, bool isSure = true)
    {
        if (value is Const or UnknownValue or Expression)
        {
            return;
        }

        if ((value as Sym ?? (value as Pointer)?.Block.External) is { IsInput: true } input)
        {
            _usedInputs.Add(input);
            if (isSure)
            {
                SureUses.Note(input, at, _frame.State);
            }
        }

        if (_frame.State.Blocks.IsEmpty)
        {
            return;
        }

        switch (value)
        {
            case Pointer pointer:
                UseBlock(pointer.Block, at, how);
                break;
            case Sym symbol:
                UseBlock(_frame.Universe.External(symbol), at, how);
                for (var inner = symbol; _frame.Inside.TryGetValue(inner, out var whole) && whole is not null; inner = whole)
                {
                    UseBlock(_frame.Universe.External(whole), at, how);
                }

                break;
            case Borrower borrower:
                foreach (var block in borrower.Blocks)
                {
                    UseBlock(block, at, how);
                    if (_frame.State[block] is { StillUsedBy: { } work } waitedFor && (borrower.StartedAt is null || work is IAwaitOperation || ReferenceEquals(borrower.StartedAt, work)))
                    {
                        // somebody looks after the task all the same
                        _frame.State = _frame.State.WithBlock(block, waitedFor with { StillUsedBy = null });
                    }
                }

                break;
            case Aggregate aggregate:
                foreach (var member in aggregate.Members.Values)
                {
                    Use(member, at, how);
                }

                break;
        }
    }

    /// <summary><c>PinnedGCHandle.Dispose</c> clears the variable it is called on, and no copy of it.</summary>
    public static bool IsDisposalOfHandle(Call call) =>
        call.Method is { ContainingType: { IsValueType: true, DeclaringSyntaxReferences.IsEmpty: true } type } && type.Name.EndsWith("GCHandle", StringComparison.Ordinal) && KnownMembers.IsDisposal(call.Method);

    /// <summary>Notes that something was the last to have to do with what <paramref name="value"/> designates.</summary>
    public void Touch(Value value, IOperation at)
    {
        if (value is Pointer pointer && _frame.State[pointer.Block] is { Ownership: Ownership.Owned } state && !ReferenceEquals(state.LastUse, at))
        {
            _frame.State = _frame.State.WithBlock(pointer.Block, state with { LastUse = at });
        }
    }

    /// <summary>Whether <paramref name="value"/> certainly designates a block that has been released on this path.</summary>
    public bool IsReleased(Value value) => value switch
    {
        Pointer pointer => _frame.State[pointer.Block]?.Ownership == Ownership.Released,
        Sym symbol => !_frame.State.Blocks.IsEmpty && _frame.State[_frame.Universe.External(symbol)]?.Ownership == Ownership.Released,
        Borrower borrower => borrower.Blocks.Any(block => _frame.State[block]?.Ownership == Ownership.Released),
        _ => false,
    };

    /// <summary>The wait for a task that uses <paramref name="blocks"/> has come to nothing, and the task goes on.</summary>
    public void GiveUp(ImmutableArray<Block> blocks, IOperation at)
    {
        foreach (var block in blocks)
        {
            if (_frame.State[block] is { Ownership: Ownership.Owned } state)
            {
                _frame.State = _frame.State.WithBlock(block, state with { StillUsedBy = at });
            }
        }
    }

    /// <summary>The value of a statement is not kept.</summary>
    public void Discard(Value value, IOperation at)
    {
        if (value is Pointer { IsView: false } pointer && _frame.State[pointer.Block] is { Ownership: Ownership.Owned } state && !_frame.IsHeld(pointer.Block))
        {
            _frame.Log.Add(new Finding(FindingKind.Discarded, pointer.Block, at, state, _frame.State.Path));
            _frame.State = _frame.State.WithBlock(pointer.Block, state with { Ownership = Ownership.Transferred });
            _frame.Contents.GiveUp(pointer.Block, at);
        }
    }

    /// <summary>Notes that the blocks of <paramref name="value"/> leave the body.</summary>
    public void NoteDeparture(Value value, Destination destination, Place? place, IOperation? at)
    {
        if (value is Const or UnknownValue or Expression)
        {
            return;
        }

        foreach (var block in _frame.BlocksIn(value))
        {
            if (block.Site is null || _frame.State[block] is not { Ownership: Ownership.Owned })
            {
                continue;
            }

            if (value is Sym { Place.Kind: PlaceKind.This } && _frame.State.HoldersOf(block).FirstOrDefault(holder => ReferenceEquals(holder.Base.Root, value)) is { } field)
            {
                // the receiver is handed on with what its fields hold: they hold it still
                _frame.Log.Depart(block, Destination.OwnField, field, at);
            }
            else
            {
                _frame.Log.Depart(block, destination, place, at);
            }
        }
    }

    /// <summary>Hands the blocks of <paramref name="value"/> on for good.</summary>
    public void Transfer(Value value, Destination destination, IOperation at)
    {
        NoteDeparture(value, destination, null, at);
        _frame.Escape(value, at);
    }

    /// <summary>The operation is about to give a new block: the one of the round before gets another name.</summary>
    public void Retire(IOperation at, int index, Family family)
    {
        var block = _frame.Universe.Allocated(at, index, family);
        if (_frame.State[block] is { } before)
        {
            RetireBlockOfLastRound(block, before, at);
        }
    }

    /// <summary>What a value that was read before <see cref="Retire"/> is called afterwards; what another way of the call has given keeps its name.</summary>
    public Value AfterRetirement(Value value, IOperation at, List<int> retired) => value switch
    {
        Pointer { Block: { Site: { } site } block } when !ReferenceEquals(site, at) || !retired.Contains(block.Index) => value,
        Pointer { Block: { Generation: 0, Site: not null } block } pointer => pointer with { Block = _frame.Universe.Allocated(at, block.Index, block.Family, generation: 1) },
        Pointer { Block: { Generation: 1, Site: not null } } => Value.Unknown,
        Aggregate whole => whole.With(member => AfterRetirement(member, at, retired)),
        _ => value,
    };

    private void RetireBlockOfLastRound(Block block, BlockState before, IOperation at)
    {
        var older = _frame.Universe.Allocated(at, block.Index, block.Family, generation: 1);
        if (block.IsInTable && before.Ownership == Ownership.Transferred && (_frame.State[older] is { Ownership: Ownership.Owned } ? _frame.IsHeld(older) : Collections.IsAdded(older, _frame.State)))
        {
            // it lies somewhere in a table of which the first element is known, and stands for the others
            older.IsInTable = true;
            _frame.Rounds.NoteRetired(block, null);
            _frame.State = Forget(block, _frame.State);
            return;
        }

        if (before.Ownership == Ownership.Released && _frame.State[older] is { Ownership: Ownership.Owned } && _frame.IsHeld(older))
        {
            // the block of a round before is still there, the one of the last round is not
            _frame.Rounds.NoteRetired(block, null);
            _frame.State = Forget(block, _frame.State);
            return;
        }

        older.AllocatedBy = block.AllocatedBy;
        older.Pool = block.Pool;
        older.CountedBy = block.CountedBy;
        older.MayBeShared = block.MayBeShared;
        older.OwnerType = block.OwnerType;
        older.MadeOf = block.MadeOf;
        older.IsKeptByObject = block.IsKeptByObject;
        older.KeptIn = block.KeptIn;
        older.IsInTable = block.IsInTable;
        older.RootsItsHolder = block.RootsItsHolder;
        _frame.Contents.GiveUp(older, at);
        before = _frame.State[block] ?? before;
        var state = _frame.State;
        if (state[older] is { Ownership: Ownership.Owned } oldest)
        {
            // three rounds alive at once: too many to tell apart
            state = state.WithBlock(older, oldest with { Ownership = Ownership.Transferred });
        }

        var values = state.Values;
        foreach (var pair in state.Values)
        {
            if (pair.Value is Pointer pointer && (pointer.Block == older || pointer.Block == block))
            {
                values = values.SetItem(pair.Key, pointer.Block == older ? Value.Unknown : pointer with { Block = older });
            }
            else if (pair.Value is Borrower borrower && (borrower.Blocks.Contains(block) || borrower.Blocks.Contains(older)))
            {
                values = values.SetItem(pair.Key, borrower.Result);
            }
        }

        _frame.Rounds.NoteRetired(block, older);
        _frame.State = state.With(values, state.Blocks.Remove(block).SetItem(older, before));
        _frame.Contents.Move(block, older);
        if (before.Ownership == Ownership.Owned && block is { IsInTable: true, OwnerType: not null })
        {
            // it stays in the object, and the object in its table
            _frame.State = _frame.State.WithBlock(older, before with { Ownership = Ownership.Transferred });
        }
        else if (before.Ownership == Ownership.Owned && !_frame.IsHeld(older))
        {
            _frame.Log.Add(new Finding(FindingKind.LostInIteration, block, at, before, state.Path));
            _frame.State = _frame.State.WithBlock(older, before with { Ownership = Ownership.Transferred });
            _frame.Contents.GiveUp(older, at);
        }
    }

    /// <summary>There is no such block: nothing designates it any more.</summary>
    public static FlowState Forget(Block block, FlowState state)
    {
        var values = state.Values;
        foreach (var pair in state.Values)
        {
            if (pair.Value is Pointer pointer && pointer.Block == block)
            {
                values = values.SetItem(pair.Key, Value.Unknown);
            }
            else if (pair.Value is Borrower borrower && borrower.Blocks.Contains(block))
            {
                values = values.SetItem(pair.Key, borrower.Result);
            }
        }

        return state.With(values, state.Blocks.Remove(block));
    }

    private void UseBlock(Block block, IOperation at, string how)
    {
        if (_frame.State[block] is not { } state)
        {
            return;
        }

        if (state.Ownership == Ownership.Released)
        {
            if (state.ReleasedAt is { } release && release.Syntax != at.Syntax && (block.Site is not null || state.ReleasedAs is not { IsCounted: true }))
            {
                Report(FindingKind.UseAfterFree, block, at, NameOf(block, at), how, null);

                // one mistake, one report
                _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred });
            }
        }
        else if (state.Ownership == Ownership.Owned && !ReferenceEquals(state.LastUse, at))
        {
            _frame.State = _frame.State.WithBlock(block, state with { LastUse = at });
        }
    }

    /// <summary>Reports that a place which stays holds a released block when the body ends: where it returns, or else where it was released.</summary>
    public void UseLeft(Pointer left, IOperation? at, string how)
    {
        if (_frame.State[left.Block] is { } state && (at ?? (RequestScopes.IsEndedBlock(state) ? null : state.ReleasedAt)) is { } place)
        {
            ReportUseOfDisposed(left.Block, place, NameOf(left.Block, place), how);
        }
    }

    /// <summary>Reports that the address of memory is taken for the number of a handle.</summary>
    public void ReportNoHandle(Block memory, string function, IOperation at, string name) =>
        Report(FindingKind.NotAllocated, null, at, name, function, $"memory from {memory.AllocatedBy} and not the number of a handle");

    /// <summary>Reports that an object keeps a block which it will release by another function than the right one.</summary>
    public void ReportWrongKeeper(Block block, Family expected, string function, IOperation at, string name) =>
        Report(FindingKind.WrongFamily, block, at, name, function, null, expected.ReleaseText);

    /// <summary>Reports a use of an object that has released what it came with.</summary>
    public void ReportUseOfDisposed(Block block, IOperation at, string name, string how)
    {
        Report(FindingKind.UseAfterFree, block, at, name, how, null);

        // one mistake, one report
        _frame.State = _frame.State.WithBlock(block, _frame.State[block]! with { Ownership = Ownership.Transferred });
    }

    /// <summary>What the code at hand calls the block; otherwise what it is called anywhere.</summary>
    private string NameOf(Block block, IOperation at)
    {
        // what the source has a name for says more than what lies between two calls
        var names = _frame.State.HoldersOf(block).OrderBy(place => place.Base.Kind == PlaceKind.Temporary).ThenBy(place => place.Id).Select(place => place.DisplayName).Where(name => name.Length > 0).ToList();
        var here = names.Count < 2 && block.External is null ? null : at.Syntax.DescendantTokens().Select(token => token.ValueText).FirstOrDefault(names.Contains);
        return here ?? (block.External?.DisplayName is { Length: > 0 } given ? given : names.FirstOrDefault() ?? "");
    }

    private void Report(FindingKind kind, Block? block, IOperation at, string name, string function, string? description, string? expected = null) =>
        _frame.Log.Add(new Finding(kind, block, at, block is null ? null : _frame.State[block], _frame.State.Path)
        {
            Name = name,
            Function = function,
            Description = description,
            Expected = expected,
        });
}
