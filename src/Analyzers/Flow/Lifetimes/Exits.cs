using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>Judges the states in which a body ends: what is owned and out of everybody's reach is lost, what somebody can reach leaves with him.</summary>
internal sealed class Exits
{
    private const int MaxStates = 64;

    /// <summary>So many exceptions of a body that has done nothing yet are told apart by what is known then.</summary>
    private const int MaxEarly = 4;
    private readonly BodyUnit _unit;
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly List<FlowState> _returns = new();
    private readonly List<FlowState> _throws = new();
    private readonly LocalAddresses _addresses;
    private IOperation? _returnedAt;
    private bool _throwsOtherwise;
    private int _early;

    public Exits(BodyUnit unit, Frame frame, Resources resources)
    {
        _unit = unit;
        _frame = frame;
        _resources = resources;
        _addresses = new LocalAddresses(frame);
    }

    /// <summary>The value that the body returns, before finally regions run.</summary>
    public void SetResult(Value value, IOperation at)
    {
        var type = _unit.Method?.ReturnType;
        _frame.Write(_frame.Universe.Result(type), value, at);
        _returnedAt = at;
    }

    /// <summary>The path at hand ends by returning.</summary>
    public void Return(IOperation? at)
    {
        foreach (var pair in _frame.State.Blocks)
        {
            if (pair.Key.Site is not null && RequestScopes.IsEndedBlock(pair.Value))
            {
                NoteDeparturesAfterEnd(pair.Key, at);
            }
        }

        var result = _frame.Universe.Result(_unit.Method?.ReturnType);
        var returned = _frame.State.Values.Any(pair => pair.Key.Base == result) ? _frame.Read(result) : Value.Unknown;
        if (!_unit.IsIterator)
        {
            CheckReturned(returned, at ?? _returnedAt);
            CheckLeft(returned, at ?? _returnedAt);
            _addresses.Check(returned, _unit.Method?.ReturnType, _returnedAt ?? at);
        }

        LeaveToHolders(returned, at ?? _returnedAt);
        JudgeBlocks(returned, at, thrown: false);
        LeaveToFinalizers(at ?? _returnedAt);
        _frame.Tables.LeaveInFields();
        if (_returns.Count < MaxStates)
        {
            _returns.Add(_frame.State);
        }
    }

    /// <summary>The path at hand ends by an exception.</summary>
    public void Throw(IOperation? at)
    {
        JudgeBlocks(Value.Unknown, at, thrown: true);
        LeaveToFinalizers(at);
        NoteThrower(at);
        if (_throws.Count < MaxStates)
        {
            _throws.Add(_frame.State);
        }
    }

    /// <summary>
    /// What is returned, and has been put into the structure of somebody else before, is that one's, and lent to the caller:
    /// <c>var row = &amp;table->Rows[i]; row->Cache = data; return data;</c>.
    /// </summary>
    private void LeaveToHolders(Value returned, IOperation? at)
    {
        foreach (var block in _frame.BlocksIn(returned))
        {
            if (block.Site is not null && _frame.State[block] is { Ownership: Ownership.Owned } state &&
                _frame.State.HoldersOf(block).FirstOrDefault(IsOfOthersMemory) is { } holder)
            {
                _frame.Log.Depart(block, Destination.OtherObject, holder, at);
                _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Transferred, TransferredAt = at });
            }
        }
    }

    /// <summary>A place behind a pointer that the body was not handed and has not made: into an array of a structure, or what a function gave.</summary>
    private bool IsOfOthersMemory(Place holder) =>
        holder.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: not SymKind.NewObject, IsInput: false } memory } && (memory.Type is IPointerTypeSymbol || _frame.Inside.ContainsKey(memory));

    /// <summary>What the body was handed and an object with a finalizer has, which nobody else may ever see, is released by that.</summary>
    private void LeaveToFinalizers(IOperation? at)
    {
        foreach (var pair in _frame.State.Values)
        {
            if (IsHeldByFinalized(pair.Key, pair.Value))
            {
                _frame.Escape(pair.Value, at);
            }
        }
    }

    /// <summary>Whether objects of the body with finalizers have anything of what the body was handed.</summary>
    public bool HasHeldByFinalized()
    {
        foreach (var pair in _frame.State.Values)
        {
            if (IsHeldByFinalized(pair.Key, pair.Value))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsHeldByFinalized(Place place, Value value) =>
        value is Sym { IsInput: true, Type: var type } && place.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } owner } && Frame.CanCarry(type) && HasFinalizedHolder(owner);

    /// <summary>An exception may leave the body before it has done anything: what is known then says when that is.</summary>
    public void NoteThrow(IOperation at, FlowState state)
    {
        NoteThrower(at);
        if (_throws.Count == _early && _early <= MaxEarly && !_throws.Exists(known => ReferenceEquals(known.Facts, state.Facts)))
        {
            _throws.Add(_early == MaxEarly ? FlowState.Start : FlowState.Start with { Facts = state.Facts });
            _early++;
        }
    }

    /// <summary>A round of a loop ends in a state.</summary>
    public void EndRound(FlowState state, IOperation? end)
    {
        var current = _frame.State;
        _frame.State = state;
        foreach (var pair in state.Blocks)
        {
            // one round in which it is kept says all
            if (pair.Key.Site is not null && pair.Value.Ownership != Ownership.Released && new Round(pair.Key, end, IsKept: true) is var kept && !_frame.Log.HasRound(kept))
            {
                _frame.Log.EndRound(kept with { IsKept = pair.Value.Ownership == Ownership.Owned && DestinationOf(pair.Key) is null });
            }
        }

        _frame.State = current;
    }

    public Summary ToSummary() => SummaryBuilder.Build(_unit, _frame.Universe, _returns, _throws, _resources, _frame.Log, _frame.Tables, _unit.IsIterator ? _frame.Yields.Given(_frame.Log.Departures) : [], throwsOnMisuse: !_throwsOtherwise);

    private void NoteThrower(IOperation? at) => _throwsOtherwise = _throwsOtherwise || at is null || !(Misuse.IsThrownBy(at) || _frame.Log.IsMisuse(at));

    private void CheckReturned(Value returned, IOperation? at, bool isOfTask = false)
    {
        if (at is not null && _resources.IsReleased(returned))
        {
            _resources.Use(returned, at, returned is not Borrower ? isOfTask ? "returned in a task" : "returned" : _unit.Method is { ReturnType: { } type } && !RunningWork.IsTask(type) ? "used by what is returned" : "used by the returned task");
        }
        else if (at is not null && returned is Borrower { Result: Pointer or Aggregate or Sym or Borrower } task)
        {
            CheckReturned(task.Result, at, isOfTask: true);
        }
        else if (at is not null && returned is Sym { Kind: SymKind.NewObject } made && ReleasedIn(made) is { } gone)
        {
            _resources.Use(gone, at, "returned in a new object");
        }
        else if (at is not null && returned is Sym { Kind: SymKind.NewObject } && DisposedResults.Of(at, _frame.State) is { } disposed)
        {
            _resources.ReportUseOfDisposed(disposed, at, at.Syntax.ToString(), "returned");
        }
        else if (at is not null && returned is Aggregate tuple && !tuple.Members.Values.Any(static member => member is Const { Value: false or null }) && tuple.Members.FirstOrDefault(member => member.Value is Pointer pointer && IsReleasedHere(pointer, ElementOf(_unit.Method?.ReturnType, member.Key))).Value is { } part)
        {
            _resources.Use(part, at, "returned in a tuple");
        }
    }

    /// <summary>The type of an element of the tuple that a body, or its task, gives.</summary>
    private static ITypeSymbol? ElementOf(ITypeSymbol? returned, object key) =>
        (returned is INamedTypeSymbol { IsTupleType: false, TypeArguments: { Length: 1 } given } ? given[0] : returned) is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.FirstOrDefault(element => (element.CorrespondingTupleField ?? element).Name.Equals(key))?.Type
            : null;

    /// <summary>A released block, or memory of an object that has been disposed of; the object itself may still say something.</summary>
    private bool IsReleasedHere(Pointer pointer, ITypeSymbol? type) =>
        pointer is { IsCleared: false, Block.Site: not null } && (pointer.Block.OwnerType is null || type is IArrayTypeSymbol || (type is not null && Calls.IsViewType(type))) && _resources.IsReleased(pointer);

    /// <summary>What <c>out</c> and <c>ref</c> parameters hold is for the caller to use, unless the result says that there is nothing: <c>return false;</c>.</summary>
    private void CheckLeft(Value returned, IOperation? at)
    {
        // at the end of a body that only its own type calls, the callers meet it, and are told what they do with it
        if (!(at is null ? _unit.Method is { ReturnsVoid: true, DeclaredAccessibility: not (Accessibility.Private or Accessibility.NotApplicable) } : _unit.Method is { ReturnsVoid: true } || returned is Const { Value: true }))
        {
            return;
        }

        foreach (var pair in _frame.State.Values)
        {
            if (pair.Key is { Kind: PlaceKind.Parameter, Root: IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref } parameter } && pair.Value is Pointer left && IsReleasedHere(left, parameter.Type))
            {
                _resources.UseLeft(left, at, $"left in '{parameter.Name}'");
            }
        }
    }

    /// <summary>What has been released, and a new object was given to keep: a block of the body, or memory that a field held.</summary>
    private Value? ReleasedIn(Sym made)
    {
        foreach (var pair in _frame.State.Values)
        {
            if (pair.Value is Sym { Kind: SymKind.Input, Type: IArrayTypeSymbol or IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } } kept && pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym keeper } && keeper == made && _resources.IsReleased(kept))
            {
                return kept;
            }

            // what the object took itself, it may have released itself
            if (pair.Value is Pointer { IsCleared: false, Block: { Site: not null, OwnerType: null } block } pointer && pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym owner } && owner == made &&
                _frame.State[block] is { Ownership: Ownership.Released })
            {
                return pointer;
            }
        }

        return null;
    }

    private void JudgeBlocks(Value returned, IOperation? at, bool thrown)
    {
        foreach (var pair in _frame.State.Blocks)
        {
            var block = pair.Key;
            if (block.Site is null || pair.Value.Ownership != Ownership.Owned)
            {
                continue;
            }

            var found = DestinationOf(block);
            if (!thrown && found?.Item1 is not (Destination.OwnField or Destination.StaticField) && _frame.BlocksIn(returned is Borrower { OnlyUses: true } user ? user.Result : returned).Contains(block))
            {
                _frame.Log.Depart(block, Destination.Returned, null, at);
                continue;
            }

            if (found is not null && !(thrown && found.Value.Item1 == Destination.OwnField && IsUnfinalizedConstructor() && !IsHeldByFinalized(block)))
            {
                _frame.Log.Depart(block, found.Value.Item1, found.Value.Item2, at, atExit: !thrown);
                continue;
            }

            if (_frame.Contents.IsLostWithOuter(block) || GoesWithChild(block, thrown ? Value.Null : returned))
            {
                continue;
            }

            var kind = thrown ? FindingKind.LostByThrow : FindingKind.LostAtExit;
            _frame.Log.Add(new Finding(kind, block, thrown ? pair.Value.ThrownBy ?? at : at, pair.Value, _frame.State.Path)
            {
                InterruptedBy = thrown && at is not (null or IThrowOperation) && pair.Value.ThrownBy is { } first && first != at ? at : null,
            });
        }
    }

    /// <summary>A handle that native code has made of the block goes on to somebody, who gets back to the block by it: a module, and its context.</summary>
    private bool GoesWithChild(Block block, Value returned)
    {
        if (block.Family is not { IsInferred: true })
        {
            return false;
        }

        foreach (var pair in _frame.State.Blocks)
        {
            if (pair.Value.Ownership == Ownership.Owned && pair.Key.MadeOf.Contains(block) && (_frame.BlocksIn(returned).Contains(pair.Key) || DestinationOf(pair.Key) is not null))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The block's scope has ended, and something that stays still holds the block.</summary>
    private void NoteDeparturesAfterEnd(Block block, IOperation? at)
    {
        foreach (var holder in _frame.State.HoldersOf(block))
        {
            if (DestinationOf(holder, new HashSet<object>()) is { } destination)
            {
                _frame.Log.Depart(block, destination, holder, _returnedAt ?? at, isGone: true);
            }
        }
    }

    /// <summary>An object whose constructor throws is reached by nobody but its finalizer, its own or that of a type it derives from.</summary>
    private bool IsUnfinalizedConstructor() =>
        _unit.Method is { MethodKind: MethodKind.Constructor, ContainingType: { IsReferenceType: true } own } && !Finalizers.Has(own);

    /// <summary>Who can still reach the block when the body is left; null when nobody can.</summary>
    private (Destination, Place?)? DestinationOf(Block block)
    {
        // a place that holds the block itself says more than one that holds a view over it
        foreach (var pair in _frame.State.Values.OrderBy(pair => pair.Value is Pointer { IsView: true } ? 1 : 0).ThenBy(pair => pair.Key.Id))
        {
            if ((FlowState.Designates(pair.Value, block) && !IsOnlySeen(block, pair.Key)) || (pair.Value is Borrower { OnlyUses: false } borrower && borrower.Blocks.Contains(block)))
            {
                if (DestinationOf(pair.Key, new HashSet<object>()) is { } destination)
                {
                    return (destination, pair.Key);
                }

                if (IsOfFinalized(block, pair.Key))
                {
                    return (Destination.OtherObject, pair.Key);
                }
            }
        }

        return null;
    }

    /// <summary>An object that the body has made, and that nobody will see again, releases the block by its finalizer.</summary>
    private bool IsHeldByFinalized(Block block) => _frame.State.HoldersOf(block).Any(holder => IsOfFinalized(block, holder));

    private bool IsOfFinalized(Block block, Place holder) =>
        holder.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } owner } && _frame.State[block] is not { IsDetached: true } && HasFinalizedHolder(owner);

    /// <summary>The object, or the one that holds it, releases by its finalizer what it has.</summary>
    private bool HasFinalizedHolder(Sym owner) =>
        HasFinalizer(owner) || _frame.State.Values.Any(pair => pair.Value is Sym held && held == owner && pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } outer } && HasFinalizer(outer));

    private static bool HasFinalizer(Sym made) => made.Type is INamedTypeSymbol { IsReferenceType: true, DeclaringSyntaxReferences.IsEmpty: false } type && Finalizers.Has(type);

    /// <summary>A rented array that an object has a span over: nobody can return the array by that.</summary>
    public static bool IsOnlySeen(Block block, Place place) =>
        block.Family is { Lifetime: Families.Lifetime.Pool, ReleasedByDispose: false } && place is { Kind: PlaceKind.Member, Type: { IsRefLikeType: true } type } && Calls.IsViewType(type);

    private Destination? DestinationOf(Place place, HashSet<object> seen)
    {
        var start = place.Base;
        switch (start.Kind)
        {
            case PlaceKind.Static:
                return Destination.StaticField;
            case PlaceKind.This:
                return Destination.OwnField;
            case PlaceKind.Captured:
                return Destination.OutParameter;
            case PlaceKind.Parameter:
                return start.Root is IParameterSymbol { RefKind: RefKind.Ref or RefKind.Out } ? Destination.OutParameter : null;
            case PlaceKind.Result:
                return Destination.Returned;
            case PlaceKind.Object:
                return DestinationOf((Sym)start.Root, seen);
            case PlaceKind.Content:
                return DestinationOf((Block)start.Root, seen);
            default:
                return null;
        }
    }

    /// <summary>What lies in the memory of a block goes where the block goes; to a field of the receiver it does not belong itself.</summary>
    private Destination? DestinationOf(Block outer, HashSet<object> seen)
    {
        if (!seen.Add(outer))
        {
            return null;
        }

        if (_frame.State[outer] is not { Ownership: Ownership.Owned })
        {
            return Destination.OtherObject;
        }

        foreach (var holder in _frame.State.HoldersOf(outer))
        {
            if (DestinationOf(holder, seen) is { } destination)
            {
                return destination == Destination.OwnField ? Destination.OtherObject : destination;
            }
        }

        return null;
    }

    private Destination? DestinationOf(Sym owner, HashSet<object> seen)
    {
        if (owner.Kind != SymKind.NewObject)
        {
            return owner.Place is { Kind: PlaceKind.This } ? Destination.OwnField : Destination.OtherObject;
        }

        if (!seen.Add(owner))
        {
            return null;
        }

        foreach (var pair in _frame.State.Values)
        {
            if ((pair.Value is Sym symbol && symbol == owner) || (pair.Value is Aggregate aggregate && aggregate.Members.ContainsValue(owner)) ||
                (pair.Value is Borrower borrower && borrower.Result.Equals(owner)))
            {
                if (DestinationOf(pair.Key, seen) is { } destination)
                {
                    return destination;
                }
            }
        }

        return null;
    }
}
