using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <content>Releases: of what the body has allocated, and of what it was handed.</content>
internal sealed partial class Resources
{
    /// <summary>Releases what <paramref name="value"/> designates.</summary>
    /// <param name="value">What is released.</param>
    /// <param name="family">The family of the releasing function; null when it is not known.</param>
    /// <param name="function">The function, as messages say it.</param>
    /// <param name="at">The call.</param>
    /// <param name="name">What the code calls the released thing.</param>
    /// <param name="pool">The pool it is returned to.</param>
    /// <param name="isIdempotent">Releasing twice is harmless, as with <c>Dispose</c>.</param>
    public void Release(Value value, Family? family, string function, IOperation at, string name, Value? pool = null, bool isIdempotent = false)
    {
        switch (Conditions.Resolve(value, _frame.State))
        {
            case Expression address:
                _frame.Tables.Leave(address, at);
                break;

            case Pointer pointer:
                ReleaseBlock(pointer, family, function, at, name, pool, isIdempotent);
                break;

            case Const { Value: long and not 0 }:
                Report(FindingKind.NotAllocated, null, at, name, function, "a constant address");
                break;

            case Sym { Kind: SymKind.Input, Type: IArrayTypeSymbol, Place: { Kind: PlaceKind.Static } constant } when family is not null && Pools.InitializerOf(constant) is ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or InitializerExpressionSyntax:
                Report(FindingKind.NotAllocated, null, at, name, function, "an array that was made with 'new' and not rented");
                break;

            case Sym made when family?.Lifetime == Lifetime.Pool && NewArrays.Copier(made) is { } copying:
                Report(FindingKind.NotAllocated, null, at, name, function, $"a new array that '{copying.Name}' made, and not rented");
                break;

            case Sym { Kind: SymKind.Join, Type: IArrayTypeSymbol } either when family?.Lifetime == Lifetime.Pool && _frame.State.FactOf(either).IsNewArray:
                Report(FindingKind.NotAllocated, null, at, name, function, "an array that was made with 'new' and not rented");
                break;

            case Sym { Kind: SymKind.Result, Origin: IInvocationOperation { TargetMethod.Name: "GetFunctionPointerForDelegate" } } when family is not null:
                Report(FindingKind.NotAllocated, null, at, name, function, "the address of a function");
                break;

            case Sym symbol when symbol.Kind != SymKind.NewObject:
                ReleaseExternal(_frame.Universe.External(symbol), family, function, at, name, pool, isIdempotent);
                break;

            case Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol } when family?.Lifetime == Lifetime.Pool:
                Report(FindingKind.NotAllocated, null, at, name, function, "an array that was made with 'new' and not rented");
                break;

            case Sym { Kind: SymKind.NewObject } owner when family is { ReleasedByDispose: true }:
                // an object of the body, by the interface that it implements: what its own Dispose releases is its own affair
                Transfer(owner, Destination.Call, at);
                break;

            case Closure when family is not null:
                Report(FindingKind.NotAllocated, null, at, name, function, "the address of a function");
                break;

            case NotHeap memory:
                Report(FindingKind.NotAllocated, null, at, name, function, memory.Description);
                break;

            case Address address when address.Place.Kind is PlaceKind.Local or PlaceKind.Parameter:
                Report(FindingKind.NotAllocated, null, at, name, function, $"the address of the variable '{address.Place.DisplayName}'");
                break;

            case Aggregate aggregate:
                foreach (var member in aggregate.Members)
                {
                    _frame.Escape(member.Value, at);
                }

                break;
        }
    }

    private void ReleaseBlock(Pointer pointer, Family? family, string function, IOperation at, string name, Value? pool, bool isIdempotent)
    {
        var block = pointer.Block;
        var state = _frame.State[block];
        _frame.Yields.NoteUse(block, state);
        if (state?.Ownership == Ownership.Released)
        {
            if (!isIdempotent && family is not { IsCounted: true })
            {
                Report(FindingKind.DoubleFree, block, at, name, function, null);
            }

            return;
        }

        if (block.External is { } external)
        {
            if (pointer.IsView && external.Type is IArrayTypeSymbol && family is { Lifetime: not Lifetime.Pool })
            {
                Report(FindingKind.NotAllocated, null, at, name, function, "the inside of a managed array");
                return;
            }

            if (pointer.IsView && !(pointer.Offset == Offset.Somewhere && external.Type is { IsRefLikeType: true }))
            {
                return;
            }

            if (pointer.Offset is Offset.Somewhere or Offset.Ahead)
            {
                // what the caller has may be an address behind a header of the block
                _frame.Escape(external, at);
                return;
            }

            if (pointer.Offset == Offset.Inside)
            {
                Report(FindingKind.NotAllocated, block, at, name, function, "an address inside a block, not its start");
                _frame.State = _frame.State.WithBlock(block, new BlockState(Ownership.Transferred) { TransferredAt = at });
                return;
            }

            ReleaseExternal(_frame.Universe.External(external), family, function, at, name, pool, isIdempotent);
            return;
        }

        if (state is { Ownership: Ownership.Transferred, GivenTo: { } taker } && !pointer.IsView && _frame.State.Thrown is null)
        {
            // who takes it out of there releases it as well
            _frame.State = _frame.State.WithBlock(block, state = state with { ReleasedAt = taker, GivenTo = null });
            Report(FindingKind.DoubleFree, block, at, name, function, "given away");
        }

        state ??= new BlockState(Ownership.Transferred);
        if (pointer.IsView && block.Family is { DiscardIsDeliberate: true } && family is not null)
        {
            Report(FindingKind.NotAllocated, null, at, name, function, "the address of an object that a handle pins");
            _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred });
            return;
        }

        if (pointer.IsView && block.Family?.Lifetime == Lifetime.Pool && family is { Lifetime: not Lifetime.Pool })
        {
            Report(FindingKind.NotAllocated, null, at, name, function, "the inside of a rented array");
            return;
        }

        if (pointer.Offset is Offset.Inside or Offset.Ahead && block.Family is not { IsCounted: true })
        {
            Report(FindingKind.NotAllocated, block, at, name, function, pointer.Distance < 0 ? "an address in front of the block, not its start" : "an address inside the block, not its start");
            _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred });
            return;
        }

        if (pointer.IsView || pointer.Offset != Offset.Start)
        {
            _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred });
            return;
        }

        if (family is not null && block.Family is { IsUnspecified: false } allocatedAs && allocatedAs.Name != family.Name)
        {
            if ((family.IsInferred || (allocatedAs.IsInferred && IsImport(at))) && !family.IsOfAnotherResource(allocatedAs))
            {
                // one function may release what several give
                _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred, TransferredAt = at });
                _frame.Log.Depart(block, Destination.Call, null, at);
                return;
            }

            // one mistake, one report: what becomes of the block now is nobody's to say
            Report(FindingKind.WrongFamily, block, at, name, function, null, allocatedAs.ReleaseText);
            _frame.Log.Release(block, at);
            _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred, TransferredAt = at });
            return;
        }
        else if (family is { PerInstance: true } && Pools.AreDifferent(block.Pool, pool))
        {
            Report(FindingKind.WrongFamily, block, at, name, function, null, "the pool that it was rented from");
        }

        _frame.Log.Release(block, at);
        if (block.Family is { IsCounted: true } && !(block is { MayBeShared: false, Family.IsInferred: true } && state.Ownership == Ownership.Owned))
        {
            // who else holds it, nobody can tell
            _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred, TransferredAt = at });
            return;
        }

        var released = state with { Ownership = Ownership.Released, ReleasedAt = at, ReleasedAs = family, MayBeNull = false };
        _frame.State = _frame.State.WithBlock(block, released);
        foreach (var (inner, place) in _frame.Contents.Drop(block))
        {
            _frame.Log.Add(new Finding(FindingKind.LostInside, inner, at, _frame.State[inner], _frame.State.Path) { Name = place.DisplayName, Function = name });
            _frame.Escape(new Pointer(inner), at);
        }

        if (state is { StillUsedBy: { } work } && (state.Ownership == Ownership.Owned || (_frame.State.Thrown is null && ReferenceEquals(state.TransferredAt, work))) && (work is not IAwaitOperation || work == _frame.State.Thrown))
        {
            _frame.Log.Add(new Finding(FindingKind.UseAfterFree, block, work, released, _frame.State.Path) { Name = name, Function = $"still used by {RunningWork.InsertionOf(work)}" });
        }

        else if (state.Ownership == Ownership.Owned && _frame.Races.LostBy(at, block) is { } beaten)
        {
            _frame.Log.Add(new Finding(FindingKind.UseAfterFree, block, beaten, released, _frame.State.Path) { Name = name, Function = "still used by the task that was given up waiting for" });
        }

        if (RequestScopes.IsScope(block.Family))
        {
            NoteWorkThatGoesOn(block);
            _frame.State = RequestScopes.End(_frame.State, block, at);
        }
    }

    private static bool IsImport(IOperation at) => at is IInvocationOperation { TargetMethod: var method } && KnownMembers.IsImport(method);

    /// <summary>The scope ends, and work that was left running goes on using its memory.</summary>
    private void NoteWorkThatGoesOn(Block scope)
    {
        foreach (var pair in _frame.State.Blocks)
        {
            if (pair.Value is { StillUsedBy: { } work, Ownership: Ownership.Owned } && pair.Value.Scope == scope)
            {
                _frame.Log.Add(new Finding(FindingKind.EndsWhileUsed, pair.Key, work, pair.Value, _frame.State.Path) { Function = RunningWork.InsertionOf(work) });
            }
        }
    }

    private void ReleaseExternal(Block block, Family? family, string function, IOperation at, string name, Value? pool, bool isIdempotent)
    {
        if (TableOf(block.External!) is { } table)
        {
            CheckFamily(table, family, function, at, name);
        }

        _frame.Tables.Leave(block.External!, at);
        _frame.Tables.NoteElementRelease(block.External!, at, family);
        if (family is { IsCounted: true } && _frame.State[block] is { Ownership: Ownership.Transferred })
        {
            // the body has counted itself first
            return;
        }

        if (_frame.State[block] is { Ownership: Ownership.Released })
        {
            if (!isIdempotent && family is not { IsCounted: true })
            {
                Report(FindingKind.DoubleFree, block, at, name, function, null);
            }

            return;
        }

        if (_frame.State[block] is { Ownership: Ownership.Transferred, GivenTo: { } taker } given && _frame.State.Thrown is null)
        {
            _frame.State = _frame.State.WithBlock(block, given with { ReleasedAt = taker, GivenTo = null });
            Report(FindingKind.DoubleFree, block, at, name, function, "given away");
        }

        _frame.Log.Release(block, at);
        _frame.Tables.NoteRelease(block, at, family);
        _frame.State = _frame.State.WithBlock(block, new BlockState(Ownership.Released) { ReleasedAt = at, ReleasedAs = family, ReleasedTo = pool });
        if (block.External is { Kind: SymKind.Join } either)
        {
            // one of those that met here: which one, nobody knows
            _frame.EscapeInputs(either, at);
        }
    }

    /// <summary>Reports a release of elements of a table that can only be the wrong one: all that the body has put into the table is of another family.</summary>
    /// <returns>Whether it is.</returns>
    public bool CheckFamily(object table, Family? family, string function, IOperation at, string name)
    {
        if (family is not { IsInferred: false } || _frame.Tables.OneOfAKind(table) is not { Family: { IsInferred: false } allocatedAs } element || allocatedAs.Name == family.Name)
        {
            return false;
        }

        Report(FindingKind.WrongFamily, element, at, name, function, null, allocatedAs.ReleaseText);
        return true;
    }

    /// <summary>The table that a value is an element of, or part of one: of an entry, or of an object; null when it is none.</summary>
    private static object? TableOf(Sym element) => element switch
    {
        { Origin: TableElement { IsCursor: false, Table: var table } } => table,
        { Origin: ReadOrigin { Of: Sym { Origin: TableElement { IsCursor: false, Table: var table } } } } => table,
        _ => null,
    };
}
