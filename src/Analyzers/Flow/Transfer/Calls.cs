using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>One argument of a call.</summary>
/// <param name="Parameter">The parameter it is given for; null when there is none to be known.</param>
/// <param name="Operation">The expression.</param>
/// <param name="Value">Its value before the call.</param>
/// <param name="Place">The place that is passed, when it is passed by reference.</param>
internal sealed record Argument(IParameterSymbol? Parameter, IOperation Operation, Value Value, Place? Place)
{
    /// <summary>Whether the callee may write to the place.</summary>
    public bool IsWritable => Parameter?.RefKind is RefKind.Ref or RefKind.Out;
}

/// <summary>A call in the form that the transfer works on: whatever the syntax, a method, a receiver and arguments.</summary>
internal sealed record Call(IOperation Operation, IMethodSymbol Method, IOperation? Instance, Value? Receiver, Place? ReceiverPlace, ImmutableArray<Argument> Arguments)
{
    // of the method that it was made for: a copy may be of another
    private (IMethodSymbol Method, string Text) _displayName;
    private (IMethodSymbol Method, string Text) _passedTo;

    /// <summary>The method with its containing type, as messages say it.</summary>
    public string DisplayName
    {
        get
        {
            if (!ReferenceEquals(_displayName.Method, Method))
            {
                _displayName = (Method, NameOf(Method, Operation));
            }

            return _displayName.Text;
        }
    }

    /// <summary>How an argument is used, as messages say it.</summary>
    public string PassedTo
    {
        get
        {
            if (!ReferenceEquals(_passedTo.Method, Method))
            {
                _passedTo = (Method, "passed to " + DisplayName);
            }

            return _passedTo.Text;
        }
    }

    /// <summary>The function that an operation calls, as messages say it.</summary>
    public static string NameOf(IMethodSymbol method, IOperation operation) => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { Syntax: var called } } ? Calls.OneLine(called) + "()"
        : method.MethodKind == MethodKind.FunctionPointerSignature ? Calls.OneLine(operation.Syntax is InvocationExpressionSyntax { Expression: var pointer } ? pointer : operation.Syntax) + "()"
        : method.MethodKind == MethodKind.Constructor ? "new " + method.ContainingType.Name
        : method.MethodKind == MethodKind.LambdaMethod ? "the lambda"
        : method.MethodKind == MethodKind.LocalFunction ? method.Name
        : method.ContainingType is { } type ? type.Name + "." + method.Name : method.Name;
}

/// <summary>What calls do: to blocks that they are handed, to places, to the path. Asks the contract first, then the summary, then goes by what is usual.</summary>
internal sealed class Calls
{
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly KnownMembers _known;
    private readonly ISummarySource _summaries;
    private readonly Choices _choices;
    private readonly Action<IOperation, ITypeSymbol?> _onThrow;
    private readonly ContractTransfer _contracts;
    private readonly UnknownCalls _unknown;
    private readonly Intrinsics _intrinsics;
    private readonly Construction _construction;
    private readonly OwningHandles _handles;
    private readonly RunningWork _running;
    private readonly Dictionary<(IMethodSymbol Method, ITypeSymbol? ExactType), Summary?> _summaryOf = new();
    private readonly Lazies _lazies;
    private readonly HandedDelegates _handed;
    private SummaryTransfer _applied = null!;
    private CapturedBlocks _captured = null!;
    private Evaluator _evaluator = null!;
    private References _references = null!;

    public Calls(Frame frame, Resources resources, KnownMembers known, ISummarySource summaries, Choices choices, Action<IOperation, ITypeSymbol?> onThrow)
    {
        _frame = frame;
        _resources = resources;
        _known = known;
        _summaries = summaries;
        _choices = choices;
        _onThrow = onThrow;
        _contracts = new ContractTransfer(frame, resources, known, this, choices);
        _unknown = new UnknownCalls(frame, resources, known, this);
        _intrinsics = new Intrinsics(frame, this, choices);
        _construction = new Construction(frame, this);
        Sequences = new Sequences(frame, this);
        Collections = new Collections(frame, this, choices);
        _handles = new OwningHandles(frame, resources, this);
        _running = new RunningWork(frame, known, summaries);
        Waits = new Waits(frame, this);
        _lazies = new Lazies(frame, this);
        _handed = new HandedDelegates(frame, resources, this);
    }

    /// <summary>The loops whose own calls do not throw.</summary>
    public QuietLoops QuietLoops { get; } = new();

    /// <summary>The collections of the library.</summary>
    public Collections Collections { get; }

    /// <summary>The tasks that are waited for.</summary>
    public Waits Waits { get; }

    /// <summary>The sequences whose elements are made on demand.</summary>
    public Sequences Sequences { get; }

    /// <summary>What has been carried over from summaries so far, as steps of the budget.</summary>
    public int Work { get; set; }

    /// <summary>Whether the block at hand can run more than once, so that its results must be kept apart from those of the round before.</summary>
    public bool InLoop { get; set; }

    /// <summary>The expression at hand is wanted as a reference (<c>ref span[0]</c>), not as a value.</summary>
    public bool WantsReference { get; set; }

    public void Connect(Evaluator evaluator, References references)
    {
        _evaluator = evaluator;
        _references = references;
        _applied = new SummaryTransfer(_frame, _resources, references, this, _handed, _choices);
        _captured = new CapturedBlocks(_frame, _resources, references, this);
    }

    /// <summary>The path may leave here by an exception.</summary>
    public void Throws(IOperation at, ITypeSymbol? exception) => _onThrow(at, exception);

    /// <summary>An iterator may be abandoned here.</summary>
    public void Abandons(IOperation at) => _onThrow(at, null);

    /// <summary>The unknown result of an operation, told apart from the one of the round before.</summary>
    public Value FreshResult(IOperation operation)
    {
        var result = _frame.Universe.Result(operation);
        if (InLoop)
        {
            _frame.Refresh(result);
        }

        return result;
    }

    /// <summary>The value of an expression that is part of a call.</summary>
    public Value Eval(IOperation operation) => _evaluator.Eval(operation);

    /// <summary>A pointer, moved by a distance; null when the value is none.</summary>
    public Value? Move(Value pointer, Value distance, int sign, IOperation at) => _evaluator.Operators.PointerArithmetic(pointer, distance, sign, at);

    /// <summary>Something that <paramref name="value"/> designates is used.</summary>
    public void Use(Value value, IOperation at, string how) => _resources.Use(value, at, how);

    /// <summary><c>Marshal.WriteIntPtr(table, offset, block)</c>: what <c>table[i] = block</c> does.</summary>
    public Value WritePointer(Call call, ImmutableArray<Argument> arguments)
    {
        var (table, value) = (arguments[0].Value, arguments[arguments.Length - 1].Value);
        _resources.Use(table, call.Operation, call.PassedTo);
        _evaluator.Assignments.WriteElement(table, value, arguments.Length == 2 ? 0L : IndexBy(arguments[1]), arguments.Length == 2 ? null : arguments[1].Operation, call.Method.Parameters[arguments.Length - 1].Type, call.Operation);
        return Value.Unknown;
    }

    /// <summary><c>Marshal.ReadIntPtr(table, offset)</c>: what <c>table[i]</c> gives.</summary>
    public Value ReadPointer(Call call, Block outer, ImmutableArray<Argument> arguments)
    {
        _resources.Use(arguments[0].Value, call.Operation, call.PassedTo);
        return _evaluator.ReadElement(arguments[0].Value, outer, arguments.Length == 1 ? 0L : IndexBy(arguments[1]), call.Operation);
    }

    /// <summary>The element at an offset in bytes, as far as it is known without knowing how wide a pointer is.</summary>
    private long? IndexBy(Argument offset) => Conditions.Resolve(offset.Value, _frame.State) is Const { Value: 0L } ? 0L : null;

    /// <summary>A block that the operation gives: one of a kind with <paramref name="like"/>.</summary>
    public Value Allocate(IOperation at, Block like, Family family) => _resources.Allocate(at, 0, family, like.AllocatedBy, mayBeNull: false, like.Pool);

    /// <summary>An object that the operation makes.</summary>
    public Sym Fresh(IOperation operation)
    {
        var made = _frame.Universe.NewObject(operation, null, operation.Type);
        if (InLoop)
        {
            _frame.Refresh(made);
        }

        return made;
    }

    public Value Invoke(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        var isReference = WantsReference;
        var (receiver, place) = method is { MethodKind: MethodKind.LocalFunction, IsStatic: false } ? _references.Self() : EvalReceiver(invocation.Instance);
        var before = _frame.Retirements;
        var arguments = EvalArguments(invocation.Arguments);
        var call = new Call(invocation, method, invocation.Instance, receiver is null ? null : _frame.AfterRetirements(receiver, before), place, arguments);
        var used = _running.UsedAfter(call);
        var result = Invoke(call, invocation);
        if (method.DeclaringSyntaxReferences.IsEmpty && Assertions.IsFramework(method.ContainingType?.Name) && !call.Arguments.IsEmpty)
        {
            Assertions.Assume(Assertions.ConditionOf(method.Name, call.Arguments[0].Value, call.Arguments.Length), _frame);
        }

        if (Assertions.IsGuard(method))
        {
            Assertions.AssumeGuarded(call, _frame);
        }

        if (result is Sym position && PureFunctions.IsPosition(method) && _frame.State.FactOf(position).IsNone)
        {
            _frame.State = _frame.State.WithFact(position, Fact.None with { Minimum = -1 });
        }

        _running.Note(used, invocation);
        return isReference ? result : Load(method, result, invocation);
    }

    /// <summary>What a method with source gives by reference, when the value is wanted that lies there.</summary>
    private Value Load(IMethodSymbol method, Value result, IOperation at)
    {
        if (result is not Pointer { IsView: true } view || !(method.ReturnsByRef || method.ReturnsByRefReadonly) || method.DeclaringSyntaxReferences.IsEmpty)
        {
            return result;
        }

        _resources.Use(view, at, "used");
        return FreshResult(at);
    }

    private Value Invoke(Call call, IInvocationOperation invocation)
    {
        if (call.Method.MethodKind == MethodKind.DelegateInvoke)
        {
            return InvokeDelegate(call);
        }

        QuietLoops.Note(call);
        if (call is { Receiver: Sym ended, Method: { Parameters.IsEmpty: true, Name: var end } } && MemberNames.Ends.Contains(end))
        {
            // what its body does to the inside of an element is too deep to be followed
            _frame.Tables.NoteElementRelease(ended, invocation, null);
        }

        if (call.Method is { MethodKind: MethodKind.Constructor, ContainingType.SpecialType: SpecialType.System_Object })
        {
            return Value.Unknown;
        }

        if ((_intrinsics.TryApply(call) ?? Sequences.TryApply(call) ?? Waits.TryApply(call) ?? Collections.TryApply(call) ?? _handles.TryApply(call)) is { } result)
        {
            return result;
        }

        if (call.Receiver is Pointer { IsView: true } && KnownMembers.IsDisposal(call.Method) && MemoryReaders.IsLetGoByDispose(BodyAnalysis.StripConversions(call.Instance)?.Type))
        {
            // it lets go of the memory, and does not look at it
            return FreshResult(invocation);
        }

        if (call.Method is { IsStatic: false, ContainingType.SpecialType: SpecialType.System_Object } && call.Receiver is { } gone && _resources.IsReleased(gone))
        {
            // what every object has, and no type of the source has made its own: it needs nothing of what has been given back
            HandOverUnlessIndex(call.Arguments, invocation);
            return FreshResult(invocation);
        }

        if (MemoryManagers.DisposalOf(call) is { } disposal)
        {
            ApplyBody(disposal);
            _frame.Escape(call.Receiver!, invocation);
            return Value.Unknown;
        }

        return ReleaseThroughItself(call) ?? ReleaseBoxed(call) ?? Apply(call, _known.ContractOf(invocation));
    }

    public Value Create(IObjectCreationOperation creation)
    {
        var arguments = EvalArguments(creation.Arguments);
        if (creation.Constructor is not { } constructor)
        {
            HandOverAll(arguments, creation);
            return FreshResult(creation);
        }

        if (InLoop && creation.Type is { IsReferenceType: true, DeclaringSyntaxReferences.IsEmpty: false })
        {
            arguments = RetireMade(creation, arguments);
        }

        if (CompletedTasks.IsMadeOfResult(constructor) && CompletedTasks.Of(arguments[0].Value) is { } completed)
        {
            return completed;
        }

        var call = new Call(creation, constructor, null, null, null, arguments);
        _contracts.Counts.HandOn(call);
        var contract = _known.ContractOf(creation);
        var used = _running.UsedAfter(call);
        var result = contract is null && (Collections.TryCreate(creation) ?? MemoryReaders.TryCreate(creation, arguments) ?? _lazies.TryCreate(call) ?? _construction.TryApply(call, creation)) is { } made ? made : Apply(call, contract);
        _running.Note(used, creation);
        return result;
    }

    /// <summary>The object of the round before gets another name, and keeps what it owns: <c>previous?.Dispose(); previous = current;</c>. Gives the arguments, which may lead to it.</summary>
    private ImmutableArray<Argument> RetireMade(IObjectCreationOperation creation, ImmutableArray<Argument> arguments)
    {
        var made = _frame.Universe.NewObject(creation, null, creation.Type);
        if (!_frame.IsReferred(made))
        {
            return arguments;
        }

        var older = _frame.Universe.NewObject(creation, ("older", made), creation.Type);
        if (_frame.IsReferred(older))
        {
            // three rounds alive at once: too many to tell apart
            _frame.Escape(older, creation);
        }

        _frame.Rename(made, older);
        return arguments.Select(argument => argument with { Value = _frame.Renamed(argument.Value, made, older) }).ToImmutableArray();
    }

    /// <summary>The fields of a new object get what their initializers allocate.</summary>
    public void Initialize(Call call) => _applied.Initialize(call);

    /// <summary>The object that the body of a constructor makes, be it a base type's; null when the body is not known.</summary>
    public Value? CreateBy(Call call) => SummaryOf(call) is { } summary ? _applied.Apply(call, summary) : null;

    /// <summary>An operator, conversion or other method that syntax does not call by name.</summary>
    public Value Apply(IOperation operation, IMethodSymbol method, ImmutableArray<Value> values)
    {
        var arguments = ImmutableArray.CreateBuilder<Argument>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            arguments.Add(new Argument(i < method.Parameters.Length ? method.Parameters[i] : null, operation, values[i], null));
        }

        return Apply(new Call(operation, method, null, null, null, arguments.ToImmutable()), _known.ContractOf(method));
    }

    public Value ReadProperty(IPropertyReferenceOperation reference)
    {
        var isReference = WantsReference;
        var value = ReadPropertyOrReference(reference);
        return isReference || reference.Property.GetMethod is not { } getter ? value : Load(getter, value, reference);
    }

    private Value ReadPropertyOrReference(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (References.BackingField(property) is not null && _references.PlaceOf(reference) is { } field)
        {
            return _frame.Read(field);
        }

        var (receiver, place) = EvalReceiver(reference.Instance);
        if (property.IsAbstract && receiver is Sym { Kind: SymKind.NewObject } made && _references.FieldBehind(property, made) is { } behind)
        {
            return _frame.Read(behind);
        }

        var arguments = EvalArguments(reference.Arguments);
        if ((_intrinsics.TryRead(reference, receiver) ?? Sequences.TryRead(reference, receiver) ?? Waits.TryRead(reference, receiver) ?? _lazies.TryRead(reference, receiver) ?? Collections.TryRead(reference, receiver, arguments) ?? _handles.TryRead(reference, receiver)) is { } known)
        {
            return known;
        }

        if (property.GetMethod is not { } getter)
        {
            return _frame.Universe.Result(reference);
        }

        if (property.ContainingType.SpecialType == SpecialType.System_Array && _resources.IsReleased(receiver ?? Value.Unknown))
        {
            // how long a returned array is does not change, whoever has it
            return StableRead(receiver, property, reference);
        }

        if (IsSizeOfView(property) && receiver is Pointer)
        {
            // how long a span is it knows itself, whatever has become of the memory
            return StableRead(receiver, property, reference);
        }

        var contract = _known.ContractOf(getter);
        if (contract is { Family: null, ReceiverHandover: Handover.Unknown or Handover.Borrows, NeverReturns: false } && arguments.IsEmpty)
        {
            contract = null;
        }

        var call = new Call(reference, getter, reference.Instance, receiver, place, arguments);
        if (contract is null && receiver is Pointer pointer && !IsExtensionMember(getter))
        {
            return ReadPropertyOfBlock(reference, pointer);
        }

        if (contract is null && SummaryOf(call) is null)
        {
            if (receiver is not null)
            {
                _resources.Use(receiver, reference, "used");
            }

            HandOverUnlessIndex(arguments, reference);
            if (!property.DeclaringSyntaxReferences.IsEmpty || arguments.Length > 0)
            {
                _unknown.Throws(call);
            }

            return arguments.Length > 0 || property.Name == "Current" ? FreshResult(reference) : StableRead(receiver, property, reference);
        }

        return Apply(call, contract);
    }

    public void WriteProperty(IPropertyReferenceOperation reference, Value value, IOperation at)
    {
        var property = reference.Property;
        if (References.BackingField(property) is { } backing)
        {
            if (_references.MemberPlace(reference.Instance, backing, property.IsStatic) is { } field)
            {
                _frame.Write(field, value, at);
                return;
            }
        }

        var (receiver, place) = EvalReceiver(reference.Instance);
        var arguments = EvalArguments(reference.Arguments);
        if (Collections.TryWrite(reference, receiver, arguments, value, at))
        {
            return;
        }

        if (property.SetMethod is not { } setter)
        {
            if (receiver is not null)
            {
                _resources.Use(receiver, reference, "written");
            }

            if (property is { ReturnsByRef: true, GetMethod.DeclaringSyntaxReferences.IsEmpty: false } && ReadPropertyOrReference(reference) is Pointer { IsView: true } memory)
            {
                // what the getter refers to is written; where that is a field, and not what it leads to, the field gets another value
                _resources.Use(memory, reference, "written");
            }

            _resources.Transfer(value, Destination.Elsewhere, at);
            return;
        }

        if (receiver is not null)
        {
            _resources.Use(receiver, reference, "written");
        }

        if (receiver is Pointer { IsView: true } || (reference.Property.IsIndexer && receiver is Pointer))
        {
            // which element holds it now cannot be told
            _resources.Transfer(value, Destination.Elsewhere, at);
            return;
        }

        var given = arguments.Add(new Argument(setter.Parameters.LastOrDefault(), reference, value, null));
        var call = new Call(reference, setter, reference.Instance, receiver, place, given);
        if (_known.ContractOf(setter) is null && SummaryOf(call) is null)
        {
            Throws(reference, null);
            _resources.Transfer(value, Destination.OtherObject, at);
            foreach (var index in arguments)
            {
                if (index.Value is Pointer { IsView: false })
                {
                    // the key of a table: who goes through the keys may release it
                    _resources.Transfer(index.Value, Destination.OtherObject, at);
                }
            }

            return;
        }

        Apply(call, _known.ContractOf(setter));
    }

    /// <summary>A delegate or object goes where it may be called at any time: what it captures and releases is no longer the body's.</summary>
    public void HandOver(Value value, IOperation at)
    {
        if (value is Closure closure)
        {
            _captured.HandOverClosure(closure, at);
        }

        _resources.Transfer(value, Destination.Elsewhere, at);
    }

    /// <summary>A lambda is returned: what it uses of what it captured must not have been released.</summary>
    public void CheckCaptured(Closure closure, IOperation at) => _captured.CheckCaptured(closure, at, "used by the returned lambda");

    /// <summary>The blocks of the body that a lambda captures and uses.</summary>
    public ImmutableArray<Block> UsedBy(Closure closure, IOperation at) => _captured.UsedBy(closure, at);

    /// <summary>The summary of the method that a call runs; null when it is not known which, or it has no source.</summary>
    public Summary? SummaryOf(Call call)
    {
        // an operation is carried out once for every state, and what it calls stays the same for the whole pass
        var exactType = ExactTypeOf(call);
        if (!_summaryOf.TryGetValue((call.Method, exactType), out var summary))
        {
            summary = _summaries.SummaryOf(call.Method, exactType);
            _summaryOf.Add((call.Method, exactType), summary);
        }

        return summary;
    }

    /// <summary>Whether the bodies that the call can run, which have no summary, only read what they are handed for the parameter.</summary>
    public bool Borrows(Call call, IParameterSymbol parameter) => _summaries.Borrows(call.Method, ExactTypeOf(call), parameter);

    /// <summary>What a call of a body that is not followed can throw.</summary>
    public Thrown ThrownBy(Call call) => _summaries.ThrownBy(call.Method, ExactTypeOf(call));

    /// <summary>Whether the call may come back to the body at hand.</summary>
    public bool ComesBack(Call call) => _summaries.ComesBack(call.Method, ExactTypeOf(call));

    /// <summary>The semantic model of a tree.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => _summaries.ModelOf(tree);

    /// <summary>The summary of a closure's body.</summary>
    public Summary? SummaryOf(Closure closure) => closure.Body is IFlowAnonymousFunctionOperation lambda
        ? _summaries.SummaryOf(lambda)
        : _summaries.SummaryOf(closure.Target, null);

    /// <summary>What the initializers of a type's fields do that allocate something.</summary>
    public IEnumerable<Summary> InitializersOf(INamedTypeSymbol type) => type.IsReferenceType ? _summaries.InitializersOf(type) : [];

    /// <summary>A lambda is handed to a call; gives the blocks of the body that it goes on using until the task ends that the call gives.</summary>
    public ImmutableArray<Block> HandOverTo(Call call, Closure closure)
    {
        if (RunningWork.Runs(call.Method))
        {
            _captured.CheckCaptured(closure, call.Operation, "used by the function that is passed to " + call.DisplayName);
        }

        var used = _running.UsedUntilEnd(closure, call.Method);
        HandOver(closure, call.Operation);
        return used.RemoveAll(block => _frame.State[block] is not { Ownership: Ownership.Owned });
    }

    /// <summary>The blocks of the body that a local function or lambda captures, and goes on using until the task ends that it gives.</summary>
    public ImmutableArray<Block> CapturedLate(Call call) => _running.CapturedLate(call);

    /// <summary>A call is handed blocks together with a function that releases what it is given: <c>Use(block, use, Free)</c>. Then the one may be for the other.</summary>
    public void HandOverToReleasers(Call call)
    {
        HandOverState(call);
        if (call.Arguments.Length < 2 || !call.Arguments.Any(argument => argument.Value is Closure closure && TakesWhatItIsGiven(closure)))
        {
            return;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value is not Closure)
            {
                _resources.Transfer(argument.Value, Destination.Call, call.Operation);
            }
        }
    }

    /// <summary>A callback is handed over with a state that it gets to see when its time has come: <c>BeginRead(…, callback, state)</c>.</summary>
    public void HandOverState(Call call)
    {
        if (!call.Arguments.Any(static argument => argument.Value is Closure))
        {
            return;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_Object, Name: "state" or "asyncState" or "userState" or "userToken" })
            {
                _resources.Transfer(argument.Value, Destination.Call, call.Operation);
            }
        }
    }

    private bool TakesWhatItIsGiven(Closure closure)
    {
        if (closure.Body is null && _known.ContractOf(closure.Target) is { } contract)
        {
            return contract.ParameterHandovers.Any(handover => handover is Handover.Releases or Handover.Takes or Handover.Holds) || (contract.ReceiverHandover == Handover.Releases && closure.Receiver is null);
        }

        return SummaryOf(closure) is { } summary &&
            summary.Outcomes.Any(outcome => outcome.Effects.Any(effect => effect.Input.Place?.Base is { Kind: PlaceKind.Parameter } || effect.Input.Place?.Base is { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.Parameter } }));
    }

    /// <summary>Carries out a call of a method by its body, when that is known.</summary>
    public void ApplyBody(Call call)
    {
        if (SummaryOf(call) is { } summary)
        {
            _applied.Apply(call, summary);
        }
    }

    private Value Apply(Call call, MemberContract? contract)
    {
        if (contract is not null && SaysSomethingOfOwnership(contract))
        {
            return _contracts.Apply(call, contract);
        }

        _contracts.Counts.HandOn(call);
        if (SummaryOf(call) is { } summary)
        {
            return _applied.Apply(call, summary);
        }

        if (IsExtensionMember(call.Method))
        {
            // the receiver of a C# 14 extension member is no argument: it may be kept or released
            _resources.Transfer(call.Receiver ?? Value.Unknown, Destination.Call, call.Operation);
        }

        return _unknown.Apply(call, contract?.Throws);
    }

    /// <summary>Whether a member is declared in an extension block, a kind of type that the oldest compiler that is served has no name for.</summary>
    public static bool IsExtensionMember(IMethodSymbol method) => (int?)method.ContainingType?.TypeKind == 14;

    private static bool SaysSomethingOfOwnership(MemberContract contract) =>
        contract.Family is not null || contract.NeverReturns || contract.ReceiverHandover != Handover.Unknown || contract.DefaultHandover != Handover.Unknown ||
        contract.ParameterHandovers.Any(handover => handover != Handover.Unknown);

    private Value InvokeDelegate(Call call)
    {
        if (call.Receiver is Closure closure)
        {
            var receiver = closure.Receiver;
            var target = call with { Method = closure.Target, Receiver = receiver, Instance = null, ReceiverPlace = null };
            if (closure.Body is null)
            {
                return Apply(target, _known.ContractOf(closure.Target));
            }

            if (SummaryOf(closure) is { } summary)
            {
                return _applied.Apply(target, summary);
            }
        }

        var result = _unknown.Apply(call, null);
        _handed.Note(call);
        return result;
    }

    /// <summary>A call through a pointer to a function that is not known.</summary>
    public Value CallPointer(Call call) => _unknown.Apply(call, null);

    /// <summary>Whether it is known what a lambda or method does.</summary>
    public bool CanCall(Closure closure) =>
        SummaryOf(closure) is not null || (closure.Body is null && _known.ContractOf(closure.Target) is { } contract && SaysSomethingOfOwnership(contract));

    /// <summary>A block has become the handle of an object, which may release it by the wrong function.</summary>
    public void CheckKeeper(Place handle, Value value, IOperation at) => _handles.CheckFamily(handle, value, at);

    /// <summary>Calls a lambda or method, when it is known what it does.</summary>
    public Value Call(Closure closure, Call target)
    {
        if (closure.Body is not null && SummaryOf(closure) is { } summary)
        {
            return _applied.Apply(target, summary);
        }

        return closure.Body is null && ((_known.ContractOf(closure.Target) is { } contract && SaysSomethingOfOwnership(contract)) || SummaryOf(target) is not null)
            ? Apply(target, _known.ContractOf(closure.Target))
            : Value.Unknown;
    }

    /// <summary><c>owner.Dispose()</c>, whichever type declares the method; null when the call is another.</summary>
    private Value? ReleaseThroughItself(Call call)
    {
        if (call.Receiver is Pointer { IsView: false } pointer && pointer.Block.Family is { ReleasedThroughItself: true } family && KnownMembers.IsDisposal(call.Method) && !Resources.IsDisposalOfHandle(call))
        {
            _resources.Release(pointer, family, call.DisplayName, call.Operation, NameOf(call.Instance), isIdempotent: family.ReleasedByDispose);
            return Value.Unknown;
        }

        return null;
    }

    /// <summary>A struct that has been boxed is disposed of by its own method, whatever the interface that it goes by is said to do; null when the call is another.</summary>
    private Value? ReleaseBoxed(Call call)
    {
        if (call is not { Receiver: Aggregate { Boxed: not null } boxed, ReceiverPlace: null } || !KnownMembers.IsDisposal(call.Method))
        {
            return null;
        }

        if (SummaryOf(call) is { } summary)
        {
            return _applied.Apply(call, summary);
        }

        _resources.Transfer(boxed, Destination.Call, call.Operation);
        return Value.Unknown;
    }

    private Value ReadPropertyOfBlock(IPropertyReferenceOperation reference, Pointer pointer)
    {
        _resources.Use(pointer, reference, "used");
        if (reference.Property.Name == "Current")
        {
            // an enumerator over a view: another element each time
            return FreshResult(reference);
        }

        return reference.Type is { } type && type.SpecialType == SpecialType.None && type.TypeKind is TypeKind.Struct or TypeKind.Array or TypeKind.Pointer && IsViewType(type)
            ? pointer with { IsView = true }
            : StableRead(pointer, reference.Property, reference);
    }

    private Value StableRead(Value? receiver, IPropertySymbol property, IOperation at)
    {
        if (receiver is UnknownValue or Sym { Nesting: > Sym.MaxNesting })
        {
            return FreshResult(at);
        }

        if (property.Name == "IsEmpty" && receiver is not null && PureFunctions.SizeOf(property) is { } size)
        {
            // there are none: the same question in other words
            return Conditions.Make(Operator.Equal, StableRead(receiver, size, at), new Const(0L));
        }

        var read = _frame.Universe.Read(receiver ?? new Const(property.ContainingType.Name), property, property.Type);
        if (property is { Name: "Length" or "Count", Type.SpecialType: SpecialType.System_Int32, DeclaringSyntaxReferences.IsEmpty: true } && _frame.State.FactOf(read).IsNone)
        {
            _frame.State = _frame.State.WithFact(read, Fact.None with { Minimum = 0 });
        }

        if (receiver is Sym { Type.SpecialType: SpecialType.System_String } text && _frame.State.FactOf(text).IsNone)
        {
            _frame.State = _frame.State.WithFact(text, Fact.IsNot(null));
        }

        return read;
    }

    /// <summary>Spans, memories, segments and sequences: views that own nothing.</summary>
    public static bool IsViewType(ITypeSymbol type) =>
        type is IPointerTypeSymbol || type.MetadataName is "Span`1" or "ReadOnlySpan`1" or "Memory`1" or "ReadOnlyMemory`1" or "ArraySegment`1" or "ReadOnlySequence`1";

    private static bool IsSizeOfView(IPropertySymbol property) =>
        (property.Name is "Position" or "Length" or "Capacity" or "CanRead" or "CanSeek" or "CanWrite" && MemoryReaders.IsStream(property.ContainingType)) || property is { Name: "Length" or "IsEmpty" or "Count" or "Offset", ContainingType: { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: true } type } && IsViewType(type) && type.Name != "ReadOnlySequence";

    /// <summary>How messages name what a call is applied to.</summary>
    public static string NameOf(IOperation? operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation?.Syntax is VariableDeclaratorSyntax declarator ? declarator.Identifier.ValueText : operation is null ? "" : OneLine(operation.Syntax);
    }

    /// <summary>The text of an expression that is short enough to name it by.</summary>
    public static string OneLine(SyntaxNode syntax)
    {
        var text = syntax is IdentifierNameSyntax name ? name.Identifier.Text : syntax.Span.Length <= 40 ? syntax.ToString() : "";
        return text.IndexOf('\n') < 0 ? text : "";
    }

    private ITypeSymbol? ExactTypeOf(Call call) => call.Receiver switch
    {
        Sym { Kind: SymKind.NewObject, Type: { } type } => type,
        Aggregate { Boxed: { } boxed } when call.ReceiverPlace is null => boxed,
        _ when call.Instance?.Type is { } declared && IsExact(declared) => declared,
        _ when call.Instance is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax } => call.Method.ContainingType,
        _ => null,
    };

    /// <summary>Whether a variable of the type can hold nothing but values of exactly this type.</summary>
    public static bool IsExact(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } or INamedTypeSymbol { TypeKind: TypeKind.Class, IsSealed: true };

    private (Value? Value, Place? Place) EvalReceiver(IOperation? instance)
    {
        if (instance is null)
        {
            return (null, null);
        }

        var place = instance.Type is { IsValueType: true } ? _references.PlaceOf(instance) : null;
        return (place is not null ? _frame.Read(place) : _evaluator.Eval(instance), place);
    }

    private ImmutableArray<Argument> EvalArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        var values = ImmutableArray.CreateBuilder<Argument>(arguments.Length);
        foreach (var argument in arguments)
        {
            var before = _frame.Retirements;

            // 'ref readonly' has no name in the oldest compiler that is served
            var byReference = argument.Parameter is { RefKind: not RefKind.None };
            var place = byReference ? _references.PlaceOf(argument.Value) : null;
            var value = place is not null && argument.Parameter?.RefKind != RefKind.Out ? _frame.Read(place)
                : place is not null ? Value.Unknown
                : argument.Value is IDeclarationExpressionOperation ? Value.Unknown
                : byReference ? EvalReference(argument.Value)
                : _evaluator.Eval(argument.Value);
            for (var i = 0; i < values.Count && _frame.Retirements > before; i++)
            {
                // 'Replace(ref slot, new Item())': what was read of the last round has another name by now
                values[i] = values[i] with { Value = _frame.AfterRetirements(values[i].Value, before) };
            }

            values.Add(new Argument(argument.Parameter, argument.Value, value, place));
        }

        return values.ToImmutable();
    }

    private Value EvalReference(IOperation operation)
    {
        WantsReference = true;
        var value = _evaluator.Eval(operation);
        WantsReference = false;
        return value;
    }

    private void HandOverUnlessIndex(ImmutableArray<Argument> arguments, IOperation at)
    {
        foreach (var argument in arguments)
        {
            _resources.Use(argument.Value, at, "used");
        }
    }

    private void HandOverAll(ImmutableArray<Argument> arguments, IOperation at)
    {
        foreach (var argument in arguments)
        {
            HandOver(argument.Value, at);
        }
    }
}
