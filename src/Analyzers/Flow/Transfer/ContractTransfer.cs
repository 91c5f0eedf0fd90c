using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>Carries out a call whose contract is known.</summary>
internal sealed class ContractTransfer
{
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly Calls _calls;
    private readonly Choices _choices;
    private readonly Counts _counts;
    private readonly Gifts _gifts;
    private readonly Views _views;
    private readonly ReleaseAnswers _answers;

    public ContractTransfer(Frame frame, Resources resources, KnownMembers known, Calls calls, Choices choices)
    {
        _frame = frame;
        _resources = resources;
        _calls = calls;
        _choices = choices;
        _counts = new Counts(frame, resources);
        _gifts = new Gifts(frame, resources, calls, choices, _counts, known);
        _views = new Views(frame, calls);
        _answers = new ReleaseAnswers(frame, calls);
    }

    /// <summary>What the objects of the body count.</summary>
    public Counts Counts => _counts;

    public Value Apply(Call call, MemberContract contract)
    {
        var at = call.Operation;
        var touchesBlocks = contract.Family is not null;
        if (contract.Throws == true || (contract.Throws is null && !touchesBlocks) || contract.NeverReturns)
        {
            foreach (var argument in call.Arguments)
            {
                UseUnlessReleased(argument, contract, call);
            }

            if (contract.Throws != false && !_calls.QuietLoops.Contains(call) && !QuietLoops.IsIndexOfText(at))
            {
                _calls.Throws(at, null);
            }
        }

        if (contract.NeverReturns)
        {
            _frame.EndPath();
            return Value.Unknown;
        }

        Value? result = null;
        if (contract is { ReceiverHandover: Handover.Releases, Family: { IsOfReceiver: true } counting })
        {
            _counts.Release(call, counting);
        }
        else if (call.Receiver is { } receiver)
        {
            var isFreed = contract is { ReceiverHandover: Handover.Releases, Family.DiscardIsDeliberate: true } || Resources.IsDisposalOfHandle(call);
            result = HandOver(call, contract, contract.ReceiverHandover == Handover.Unknown ? Handover.Borrows : contract.ReceiverHandover, receiver, call.Instance, call.ReceiverPlace, receiverOfPool: null);
            if (isFreed && receiver is Pointer handle && call.ReceiverPlace is { } variable)
            {
                _frame.State = _frame.State.WithValue(variable, handle with { IsCleared = true });
            }
            else if (isFreed && receiver is Sym && call.ReceiverPlace is { Kind: PlaceKind.Parameter, Root: IParameterSymbol { RefKind: RefKind.Ref } } given)
            {
                _frame.State = _frame.State.WithValue(given, Value.Null);
            }
        }

        _calls.HandOverState(call);
        var pool = contract.Family is { PerInstance: true } ? call.Receiver : null;
        var mayRefuse = Givings.MayRefuse(call, contract);
        var isRefused = mayRefuse && _choices.Choose(2) == 1;
        if (isRefused && !Givings.IsAskedTry(call))
        {
            _frame.State = _frame.State.WithStep(at, false, false);
        }

        var saysWhether = ReleaseAnswers.AreGiven(call, contract);
        var hasFailed = saysWhether && _choices.Choose(2) == 1;
        foreach (var argument in call.Arguments)
        {
            var ordinal = argument.Parameter?.Ordinal ?? -1;
            if ((contract.Gives == BlockPlace.Parameter && ordinal == contract.BlockParameter) || (ordinal >= 0 && ordinal == contract.ViewParameter))
            {
                continue;
            }

            var handover = contract.HandoverOf(ordinal);
            if (hasFailed && handover == Handover.Releases)
            {
                _resources.Transfer(argument.Value, Destination.Call, at);
                continue;
            }

            if (handover == Handover.Releases && IsAddressOfPointer(argument.Parameter))
            {
                if (argument.Pointee is { } variable)
                {
                    // 'av_frame_free(&frame)': what the variable holds is released, and it is cleared
                    HandOver(call, contract, Handover.Releases, _frame.Read(variable), argument.Operation, variable, pool);
                    _frame.State = _frame.State.WithValue(variable, Value.Null);
                    continue;
                }

                // of a function that is taught, the block itself may be an array of pointers: 'g_strfreev(list)'
                handover = contract.Family is { IsInferred: true } ? Handover.Borrows : handover;
            }

            if (handover == Handover.Takes && isRefused)
            {
                _resources.UseIn(call, argument.Value);
                continue;
            }

            result = HandOver(call, contract, handover == Handover.Unknown ? DefaultFor(call, contract, argument) : handover, argument.Value, argument.Operation, argument.Place, pool, argument.Parameter is { RefKind: not (RefKind.None or RefKind.Out) }) ?? result;
            if (handover == Handover.Releases && argument is { IsWritable: true, Place: { } released })
            {
                // 'Free(ref p)' clears the variable, or puts something else there
                _frame.State = _frame.State.WithValue(released, _frame.Universe.Result(at, released, released.Type));
            }
        }

        return mayRefuse ? Value.Of(!isRefused) : saysWhether ? _answers.Answer(call, hasFailed) : _gifts.Give(call, contract, pool) ?? result ?? PureFunctions.ValueOf(call, _frame.Universe) ?? _calls.FreshResult(at);
    }

    private static bool IsAddressOfPointer(IParameterSymbol? parameter) =>
        parameter is { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType: IPointerTypeSymbol } };

    private void UseUnlessReleased(Argument argument, MemberContract contract, Call call)
    {
        if (contract.HandoverOf(argument.Parameter?.Ordinal ?? -1) is not (Handover.Releases or Handover.Reallocates))
        {
            _resources.UseIn(call, argument.Value);
        }
    }

    private Handover DefaultFor(Call call, MemberContract contract, Argument argument) =>
        argument.IsWritable ? Handover.Unknown :
        IsKeptByWhatIsGiven(call, contract, argument) && !_gifts.IsReleasedBehind(call, argument) ? Handover.Holds :
        argument.Value is Pointer { IsView: false } && KnownMembers.IsImport(call.Method) && NativeReleasers.AreHandedTo(call) ? Handover.Holds :
        // the number of a handle, by which native code finds the object again
        argument.Value is Pointer { Block.Family.DiscardIsDeliberate: true } && KnownMembers.IsImport(call.Method) ? Handover.Holds : call.Method.MethodKind == MethodKind.Constructor ? Handover.Holds : Handover.Borrows;

    /// <summary>
    /// What the function gives may keep the memory that it is handed: what the source uses as one of a pair does with memory of
    /// whatever kind, an object of a library with memory of the library's own allocator (<c>avio_alloc_context(buffer, ...)</c>).
    /// </summary>
    private static bool IsKeptByWhatIsGiven(Call call, MemberContract contract, Argument argument) =>
        contract.Gives != BlockPlace.None && argument.Value is Pointer { IsView: false, Block: { Site: { } site } block } &&
        ((contract.Family is { IsByUse: true } && block.Family is { IsInferred: false }) ||
        (contract.Family is { IsInferred: true } && IsBytes(argument.Parameter?.Type) && call.Method.ReturnType is IPointerTypeSymbol && !IsBytes(call.Method.ReturnType) && site is IInvocationOperation { TargetMethod: { IsExtern: true } allocator } && IsBytes(allocator.ReturnType)));

    private static bool IsBytes(ITypeSymbol? type) => type is IPointerTypeSymbol { PointedAtType.SpecialType: SpecialType.System_Void or SpecialType.System_Byte or SpecialType.System_SByte };

    private Value? HandOver(Call call, MemberContract contract, Handover handover, Value value, IOperation? operation, Place? place, Value? receiverOfPool, bool byReference = false)
    {
        var at = call.Operation;
        var how = call.PassedTo;
        switch (handover)
        {
            case Handover.Releases:
                _resources.Release(value, ReleasedFamily(contract), call.DisplayName, at, Calls.NameOf(operation), receiverOfPool,
                    isIdempotent: contract.Family is { ReleasedByDispose: true } && KnownMembers.IsDisposal(call.Method) && !(value is Pointer { IsCleared: false } && Resources.IsDisposalOfHandle(call)));
                return null;

            case Handover.Reallocates:
                return Reallocate(call, contract, value, operation);

            case Handover.Holds or Handover.Takes:
                _resources.Use(value, at, how);
                if (value is Closure kept && _calls.HandOverTo(call, kept) is { IsEmpty: false } inUse)
                {
                    return new Borrower(Value.Unknown, inUse) { StartedAt = at };
                }

                var given = handover == Handover.Takes && Givings.IsQueue(call.Method.ContainingType) ? _frame.Givings.In(value) : null;
                _resources.Transfer(value, Destination.Call, at);
                _frame.Publish(value, at);
                if (given is not null)
                {
                    _frame.Givings.Note(given, at);
                }

                return null;

            case Handover.Views:
                if (byReference && value is Pointer { IsView: false, Block.Site: not null } && place is { Kind: PlaceKind.Local or PlaceKind.Parameter, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } })
                {
                    // the address itself is what is seen, and copied from there: 'MemoryMarshal.CreateSpan(ref handle, 1)'
                    _resources.Transfer(value, Destination.Elsewhere, at);
                }

                value = byReference ? _views.Referenced(value, operation, place) : value;
                _resources.Use(value, at, how);
                GiveUpContents(value, at);
                if (value is Sym { Type: IArrayTypeSymbol { ElementType: var elements } } array && Frame.CanCarry(elements))
                {
                    // what becomes of the elements behind the view cannot be seen
                    _frame.Tables.Forget(array, at, isViewed: true);
                }
                else if (value is NotHeap { Table: { } table })
                {
                    _frame.Tables.Forget(table, at);
                }

                if (call.IsInitializer)
                {
                    // what a derived type hands the library's constructor is its object's, which can get it back from its base
                    _resources.Transfer(value, Destination.Elsewhere, at);
                }

                if (contract.ViewParameter < 0 && MemoryManagers.ViewOf(value, at, _frame) is { } held)
                {
                    return new Borrower(_calls.FreshResult(at), held) { OnlyUses = true };
                }

                return _views.Store(call, contract, _views.Of(value));

            case Handover.SameBlock:
                value = byReference ? _views.Referenced(value, operation, place) : value;
                if (at.Type is { Name: "GCHandle" } && !IsFreedAsHandle(at.Syntax) && value is Pointer { IsView: false, Block: { Site: not null, Family: { IsPointer: true, IsInferred: false, DiscardIsDeliberate: false } } memory })
                {
                    _resources.ReportNoHandle(memory, call.DisplayName, at, Calls.NameOf(operation));
                    return _calls.FreshResult(at);
                }

                if (!IsPlainAddress(at.Type))
                {
                    _resources.Use(value, at, how);
                }

                // an object that is seen as another type is the same object, whatever that type is
                return contract.ViewParameter < 0 && at.Type is { IsReferenceType: true } && value is Pointer or Sym ? value : _views.Store(call, contract, value is NotHeap or Address ? _views.Of(value) : value);

            case Handover.Borrows:
                _resources.Use(value, at, how);
                GiveUpContents(value, at);
                if (value is Closure closure && _calls.HandOverTo(call, closure) is { IsEmpty: false } running)
                {
                    return new Borrower(Value.Unknown, running) { StartedAt = at };
                }

                if (value is Address { Place: var pointee } && pointee.Kind is PlaceKind.Local or PlaceKind.Parameter)
                {
                    // &local: the callee may write to it
                    _frame.Forget(pointee, at);
                }

                if (contract.Family is { DiscardIsDeliberate: true } && contract.Gives != BlockPlace.None)
                {
                    // a handle keeps its target: who gets the handle can release the target
                    _resources.Transfer(value, Destination.Call, at);
                }

                if (value is Pointer { IsView: true, Block: { Site: not null } library } && call.Method.Name == NativeDelegates.MakeOfAddress)
                {
                    return new Borrower(_calls.FreshResult(at), library.Alone);
                }

                // A task that is not awaited yet goes on using what it was handed.
                return value is Pointer pointer && IsTask(call.Method.ReturnType)
                    ? new Borrower(Value.Unknown, ImmutableArray.Create(pointer.Block)) { StartedAt = at }
                    : null;

            default:
                if (place is not null)
                {
                    _frame.Forget(place, at);
                }

                return null;
        }
    }

    /// <summary>The handle is freed as well, which is reported as the wrong release that it is.</summary>
    private static bool IsFreedAsHandle(SyntaxNode made) =>
        made.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Free" } ||
        (made.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent.Parent: { } block, Identifier.ValueText: var name } } &&
            block.DescendantNodes().Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Free", Expression: IdentifierNameSyntax { Identifier.ValueText: var freed } } && freed == name));

    /// <summary>A pointer, number or handle: to make one of another is no use of what it designates.</summary>
    private static bool IsPlainAddress(ITypeSymbol? type) =>
        type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Int64 or SpecialType.System_UInt64 } or { Name: "GCHandle" };

    /// <summary>What looks into the memory of a block cannot be followed there.</summary>
    private void GiveUpContents(Value value, IOperation at)
    {
        if (value is Pointer { Block: { Site: not null } block })
        {
            _frame.Contents.GiveUp(block, at);
        }
    }

    private Value? Reallocate(Call call, MemberContract contract, Value old, IOperation? operation)
    {
        var at = call.Operation;
        old = Conditions.Resolve(old, _frame.State);
        if (old is Pointer { Block: { Site: not null } block })
        {
            _frame.Log.Reallocate(block, at);
        }

        if (contract.MayGiveNull && old is not Const && _choices.Choose(2) == 1)
        {
            // realloc that fails leaves the old block as it is
            _resources.Use(old, at, call.PassedTo);
            return Value.Null;
        }

        GiveUpContents(old, at);
        _resources.Release(old, ReleasedFamily(contract), call.DisplayName, at, Calls.NameOf(operation));
        return contract.Family is { } family ? _resources.Allocate(at, 0, family, call.DisplayName, mayBeNull: false) : null;
    }

    private static Family? ReleasedFamily(MemberContract contract) =>
        (contract.ReleasedFamily ?? contract.Family) is { IsUnspecified: false } family ? family : null;

    private static bool IsTask(ITypeSymbol type) =>
        type.MetadataName is "Task" or "Task`1" or "ValueTask" or "ValueTask`1" && type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks";
}
