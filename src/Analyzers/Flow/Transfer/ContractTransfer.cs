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

    private readonly KnownMembers _known;

    public ContractTransfer(Frame frame, Resources resources, KnownMembers known, Calls calls, Choices choices)
    {
        _known = known;
        _frame = frame;
        _resources = resources;
        _calls = calls;
        _choices = choices;
        _counts = new Counts(frame, resources);
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

        var saysWhether = IsReleaseThatSaysWhether(call, contract);
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
                if (Pointee(argument.Value) is { } variable)
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

        return mayRefuse ? Value.Of(!isRefused) : saysWhether ? AnswerOf(call, hasFailed) : Give(call, contract, pool) ?? result ?? PureFunctions.ValueOf(call, _frame.Universe) ?? _calls.FreshResult(at);
    }

    private static bool IsAddressOfPointer(IParameterSymbol? parameter) =>
        parameter is { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType: IPointerTypeSymbol } };

    /// <summary>The variable whose address a value is.</summary>
    private static Place? Pointee(Value address) => address switch
    {
        Address { Place: var place } => place,
        NotHeap memory => memory.Variable,
        _ => null,
    };

    /// <summary><c>if (!DestroyWindow(window))</c>, <c>Check(sqlite3_close(db))</c>: the caller asks whether the native function has released what it was handed.</summary>
    private static bool IsReleaseThatSaysWhether(Call call, MemberContract contract) =>
        contract.ParameterHandovers.Any(static handover => handover == Handover.Releases) && IsAsked(call.Operation) && ImportedFunction.Of(call.Method) is { MayThrow: false } function &&
        (call.Method.ReturnType.SpecialType == SpecialType.System_Boolean || IsCode(call.Method.ReturnType) || AnswersByNumber(function, call.Method));

    private static bool IsAsked(IOperation call) =>
        call.Parent is not IExpressionStatementOperation and not ISimpleAssignmentOperation { Target: IDiscardOperation };

    /// <summary>A code that is zero when all went well.</summary>
    private static bool IsCode(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 ||
        (type.TypeKind == TypeKind.Enum && type.GetMembers().Any(static member => member is IFieldSymbol { HasConstantValue: true, ConstantValue: 0 or 0u } none && !IsFailure(none.Name)));

    private static bool IsFailure(string name) => name.IndexOf("Fail", StringComparison.OrdinalIgnoreCase) >= 0 || name is "False" or "Invalid" or "Error";

    /// <summary>Windows' own functions whose <c>BOOL</c> somebody has declared as a number.</summary>
    private static bool AnswersByNumber(ImportedFunction function, IMethodSymbol method) =>
        method.ReturnType.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 && function.Library.ToLowerInvariant() is "kernel32" or "user32" or "gdi32";

    private Value AnswerOf(Call call, bool hasFailed)
    {
        if (call.Method.ReturnType.SpecialType == SpecialType.System_Boolean)
        {
            return Value.Of(!hasFailed);
        }

        if (hasFailed == (ImportedFunction.Of(call.Method) is { } function && AnswersByNumber(function, call.Method)))
        {
            return new Const(0L);
        }

        var code = _calls.FreshResult(call.Operation);
        _frame.State = Conditions.Assume(Conditions.Make(Operator.Equal, code, new Const(0L)), false, _frame.State) ?? _frame.State;
        return code;
    }

    private void UseUnlessReleased(Argument argument, MemberContract contract, Call call)
    {
        if (contract.HandoverOf(argument.Parameter?.Ordinal ?? -1) is not (Handover.Releases or Handover.Reallocates))
        {
            _resources.UseIn(call, argument.Value);
        }
    }

    private Handover DefaultFor(Call call, MemberContract contract, Argument argument) =>
        argument.IsWritable ? Handover.Unknown :
        // what the source uses as one of a pair gives something that may keep memory
        contract is { Family.IsByUse: true, Gives: not BlockPlace.None } && argument.Value is Pointer { IsView: false, Block: { Site: not null, Family.IsInferred: false } } && !IsReleasedBehind(call, argument) ? Handover.Holds :
        argument.Value is Pointer { IsView: false } && KnownMembers.IsImport(call.Method) && NativeReleasers.AreHandedTo(call) ? Handover.Holds :
        // the number of a handle, by which native code finds the object again
        argument.Value is Pointer { Block.Family.DiscardIsDeliberate: true } && KnownMembers.IsImport(call.Method) ? Handover.Holds : call.Method.MethodKind == MethodKind.Constructor ? Handover.Holds : Handover.Borrows;

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

                value = byReference ? Referenced(value, operation, place) : value;
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

                if (IsInitializer(call))
                {
                    // what a derived type hands the library's constructor is its object's, which can get it back from its base
                    _resources.Transfer(value, Destination.Elsewhere, at);
                }

                if (contract.ViewParameter < 0 && MemoryManagers.ViewOf(value, at, _frame) is { } held)
                {
                    return new Borrower(_calls.FreshResult(at), held) { OnlyUses = true };
                }

                return StoreView(call, contract, ViewOf(value));

            case Handover.SameBlock:
                value = byReference ? Referenced(value, operation, place) : value;
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
                return contract.ViewParameter < 0 && at.Type is { IsReferenceType: true } && value is Pointer or Sym ? value : StoreView(call, contract, value is NotHeap or Address ? ViewOf(value) : value);

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

    /// <summary>What <c>ref x</c> points to: into an array, at a variable, or where a ref local points.</summary>
    private Value Referenced(Value value, IOperation? operation, Place? place) => operation switch
    {
        IArrayElementReferenceOperation element => ViewOf(_calls.Eval(element.ArrayReference)),
        ILocalReferenceOperation { Local.RefKind: RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: RefKind.None } when place is { Kind: PlaceKind.Local or PlaceKind.Parameter } => new Address(place),
        _ => value,
    };

    private Value? StoreView(Call call, MemberContract contract, Value view)
    {
        if (contract.ViewParameter < 0 && !_calls.WantsReference && call.Operation.Type is { } type && (!CanView(type) || call.Operation is IPropertyReferenceOperation { Property.IsIndexer: true }))
        {
            return null;
        }

        if (contract.ViewParameter >= 0)
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == contract.ViewParameter && argument.Place is { } target)
                {
                    _frame.Write(target, view, call.Operation);
                }
            }

            return null;
        }

        return view;
    }

    private Value ViewOf(Value value) => value switch
    {
        Pointer pointer => pointer with { IsView = true },
        Sym { Type: IArrayTypeSymbol, Kind: SymKind.NewObject or SymKind.Result } => new NotHeap("the inside of a managed array"),
        Sym { Kind: not SymKind.NewObject } symbol => new Pointer(_frame.Universe.External(symbol), IsView: true),
        NotHeap or Address => value,
        _ => Value.Unknown,
    };

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

    private Value? Give(Call call, MemberContract contract, Value? pool)
    {
        if (contract.Family is not { } family || contract.Gives == BlockPlace.None || IsInitializer(call))
        {
            return null;
        }

        var at = call.Operation;
        NoteParents(call, family);
        switch (contract.Gives)
        {
            case BlockPlace.Result or BlockPlace.Receiver:
                if (family.DiscardIsDeliberate)
                {
                    GiveToHandle(call, contract);
                }

                if (contract.TestedParameter >= 0 && Tested(call, contract) is { } problem)
                {
                    return GiveUnless(problem, call, contract, family);
                }

                return ReallocatedAlready(call, contract) ? null : _resources.Allocate(at, 0, family, call.DisplayName, contract.MayGiveNull, pool, call.Receiver);

            case BlockPlace.Parameter:
                var target = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == contract.BlockParameter) is { } filled ? filled.Place ?? Pointee(filled.Value) : null;
                if (family.IsOfReceiver)
                {
                    Store(target, _counts.Take(call, family, target) ?? _frame.Universe.Result(at, ("taken", target), target?.Type), at);
                    return _calls.FreshResult(at);
                }

                if (contract is { GivesWhen: not ResultTest.None, TestedParameter: < 0 } && _choices.Choose(2) == 1)
                {
                    LeaveParents(call, family);
                    Store(target, Value.Null, at);
                    return Outcome(call, contract.GivesWhen, given: false);
                }

                if (contract.TestedParameter >= 0 && Tested(call, contract) is { } status)
                {
                    Store(target, GiveUnless(status, call, contract, family), at);
                    return _calls.FreshResult(at);
                }

                Store(target, _resources.Allocate(at, 0, family, call.DisplayName, contract.MayGiveNull, pool, call.Receiver), at);
                return contract.GivesWhen == ResultTest.None ? _calls.FreshResult(at) : Outcome(call, contract.GivesWhen, given: true);
        }

        return null;
    }

    /// <summary>Notes which blocks the function that gives one is handed.</summary>
    private void NoteParents(Call call, Family family)
    {
        if (!family.IsInferred)
        {
            return;
        }

        var block = _frame.Universe.Allocated(call.Operation, 0, family);
        foreach (var argument in call.Arguments)
        {
            var parent = argument.Value switch
            {
                Pointer { Block: var given } => given,
                Sym { Kind: not SymKind.NewObject } symbol when argument.Parameter?.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } => _frame.Universe.External(symbol),
                _ => null,
            };
            if (parent is not null && !block.MadeOf.Contains(parent))
            {
                parent.MayBeShared = true;
                block.MadeOf = block.MadeOf.Add(parent);
            }
        }
    }

    /// <summary>What the body never releases behind the call goes to the new one: a function that fails may have taken it all the same.</summary>
    private void LeaveParents(Call call, Family family)
    {
        foreach (var argument in call.Arguments)
        {
            if (family.IsInferred && argument.Value is Pointer { IsView: false, Block: { Site: not null, Family.IsInferred: true } } && !IsReleasedBehind(call, argument))
            {
                _resources.Transfer(argument.Value, Destination.Call, call.Operation);
            }
        }
    }

    private bool IsReleasedBehind(Call call, Argument argument) =>
        LaterReleases.Follow(call.Operation.Syntax, argument.Operation.Syntax, _known.InterestingNames.Releasing.Contains);

    private static Place? Tested(Call call, MemberContract contract) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == contract.TestedParameter) is { } argument ? argument.Place ?? (argument.Value as Address)?.Place : null;

    /// <summary>There is a block, or <paramref name="problem"/> says why not.</summary>
    private Value GiveUnless(Place problem, Call call, MemberContract contract, Family family)
    {
        var at = call.Operation;
        if (_choices.Choose(2) == 0)
        {
            Store(problem, new Const(0L), at);
            return _resources.Allocate(at, 0, family, call.DisplayName, mayBeNull: false);
        }

        var said = _frame.Universe.Result(at, problem, problem.Type);
        _frame.Rounds.Refresh(said);
        Store(problem, said, at);
        _frame.State = _frame.State.WithFact(said, Fact.IsNot(0L));
        return Value.Null;
    }

    /// <summary><c>: this(...)</c> or <c>: base(...)</c>, also where nobody has written it: it fills the object that somebody else has asked for.</summary>
    public static bool IsInitializer(Call call) => call.Method.MethodKind == MethodKind.Constructor && call.Operation is IInvocationOperation;

    /// <summary>Whoever has the number of the handle reaches its target, and what that owns.</summary>
    private void GiveToHandle(Call call, MemberContract contract)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Sym { Kind: SymKind.NewObject, Type: not IArrayTypeSymbol })
            {
                _frame.Escape(argument.Value, call.Operation);
                _frame.Publish(argument.Value, call.Operation);
            }
            else if (argument.Value is Sym { Place.Kind: PlaceKind.This } && contract.Family is { } family)
            {
                _frame.Universe.Allocated(call.Operation, 0, family).RootsItsHolder = true;
            }
        }
    }

    private static bool ReallocatedAlready(Call call, MemberContract contract) =>
        call.Arguments.Any(argument => contract.HandoverOf(argument.Parameter?.Ordinal ?? -1) == Handover.Reallocates);

    private void Store(Place? place, Value value, IOperation at)
    {
        if (place is null)
        {
            _resources.Transfer(value, Destination.Elsewhere, at);
            return;
        }

        _frame.Write(place, value, at);
    }

    private Value Outcome(Call call, ResultTest test, bool given)
    {
        var result = _calls.FreshResult(call.Operation);
        var condition = test switch
        {
            ResultTest.True => result,
            ResultTest.NonZero when call.Method.ReturnType.SpecialType == SpecialType.System_Boolean => result,
            ResultTest.False => Conditions.Not(result),
            ResultTest.Zero => Conditions.Make(Operator.Equal, result, new Const(0L)),
            ResultTest.NonZero => Conditions.Not(Conditions.Make(Operator.Equal, result, new Const(0L))),
            _ => Conditions.Make(Operator.LessOrEqual, new Const(0L), result),
        };
        if (Conditions.Assume(condition, given, _frame.State) is { } known)
        {
            _frame.State = known;
        }

        return result;
    }

    /// <summary>A number read through a view is no view.</summary>
    private static bool CanView(ITypeSymbol type) =>
        type.TypeKind is not (TypeKind.Enum or TypeKind.TypeParameter) &&
        type.SpecialType is SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Object;

    private static Family? ReleasedFamily(MemberContract contract) =>
        (contract.ReleasedFamily ?? contract.Family) is { IsUnspecified: false } family ? family : null;

    private static bool IsTask(ITypeSymbol type) =>
        type.MetadataName is "Task" or "Task`1" or "ValueTask" or "ValueTask`1" && type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks";
}
