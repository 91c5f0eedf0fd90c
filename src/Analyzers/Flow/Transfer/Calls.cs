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
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>What calls do: to blocks that they are handed, to places, to the path. Asks the contract first, then the summary, then goes by what is usual.</summary>
internal sealed partial class Calls
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
        Properties = new PropertyCalls(frame, resources, known, this, _intrinsics, _lazies, _handles, _unknown);
    }

    /// <summary>The loops whose own calls do not throw.</summary>
    public QuietLoops QuietLoops { get; } = new();

    /// <summary>The collections of the library.</summary>
    public Collections Collections { get; }

    /// <summary>The tasks that are waited for.</summary>
    public Waits Waits { get; }

    /// <summary>The sequences whose elements are made on demand.</summary>
    public Sequences Sequences { get; }

    /// <summary>What properties and indexers do.</summary>
    public PropertyCalls Properties { get; }

    /// <summary>What has been carried over from summaries so far, as steps of the budget.</summary>
    public int Work { get; set; }

    /// <summary>Whether the block at hand can run more than once, so that its results must be kept apart from those of the round before.</summary>
    public bool InLoop { get; set; }

    /// <summary>The expression at hand is wanted as a reference (<c>ref span[0]</c>), not as a value.</summary>
    public bool WantsReference { get; set; }

    /// <summary>What expressions refer to.</summary>
    public References References { get; private set; } = null!;

    public void Connect(Evaluator evaluator, References references)
    {
        _evaluator = evaluator;
        References = references;
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
            _frame.Rounds.Refresh(result);
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
            _frame.Rounds.Refresh(made);
        }

        return made;
    }

    public Value Invoke(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        var isReference = WantsReference;
        var (receiver, place) = method is { MethodKind: MethodKind.LocalFunction, IsStatic: false } ? References.Self() : EvalReceiver(invocation.Instance);
        var before = _frame.Rounds.Retirements;
        var arguments = EvalArguments(invocation.Arguments);
        var call = new Call(invocation, method, invocation.Instance, receiver is null ? null : _frame.Rounds.AfterRetirements(receiver, before), place, arguments);
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
    public Value Load(IMethodSymbol method, Value result, IOperation at)
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
        if (!_frame.Rounds.IsReferred(made))
        {
            return arguments;
        }

        var older = _frame.Universe.NewObject(creation, ("older", made), creation.Type);
        if (_frame.Rounds.IsReferred(older))
        {
            // three rounds alive at once: too many to tell apart
            _frame.Escape(older, creation);
        }

        _frame.Rounds.Rename(made, older);
        return arguments.Select(argument => argument with { Value = _frame.Rounds.Renamed(argument.Value, made, older) }).ToImmutableArray();
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

    /// <summary>Carries out a call by its contract, by its body, or by what is usual.</summary>
    public Value Apply(Call call, MemberContract? contract)
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

    /// <summary>A block has become the handle of an object, which may release it by the wrong function.</summary>
    public void CheckKeeper(Place handle, Value value, IOperation at) => _handles.CheckFamily(handle, value, at);

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

    /// <summary>Spans, memories, segments and sequences: views that own nothing.</summary>
    public static bool IsViewType(ITypeSymbol type) =>
        type is IPointerTypeSymbol || type.MetadataName is "Span`1" or "ReadOnlySpan`1" or "Memory`1" or "ReadOnlyMemory`1" or "ArraySegment`1" or "ReadOnlySequence`1";

    /// <summary>Spans live on the stack: who is handed one by value can neither keep it nor release what it shows.</summary>
    public static bool IsSpan(ITypeSymbol? type) => type is { IsRefLikeType: true, MetadataName: "Span`1" or "ReadOnlySpan`1" };

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

    /// <summary>What a member is called on: its value, and its place when it is a struct.</summary>
    public (Value? Value, Place? Place) EvalReceiver(IOperation? instance)
    {
        if (instance is null)
        {
            return (null, null);
        }

        var place = instance.Type is { IsValueType: true } ? References.PlaceOf(instance) : null;
        return (place is not null ? _frame.Read(place) : _evaluator.Eval(instance), place);
    }

    /// <summary>The arguments of a call, in the order in which they are evaluated.</summary>
    public ImmutableArray<Argument> EvalArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        var values = ImmutableArray.CreateBuilder<Argument>(arguments.Length);
        foreach (var argument in arguments)
        {
            var before = _frame.Rounds.Retirements;

            // 'ref readonly' has no name in the oldest compiler that is served
            var byReference = argument.Parameter is { RefKind: not RefKind.None };
            var place = byReference ? References.PlaceOf(argument.Value) : null;
            var value = place is not null && argument.Parameter?.RefKind != RefKind.Out ? _frame.Read(place)
                : place is not null ? Value.Unknown
                : argument.Value is IDeclarationExpressionOperation ? Value.Unknown
                : byReference ? EvalReference(argument.Value)
                : _evaluator.Eval(argument.Value);
            for (var i = 0; i < values.Count && _frame.Rounds.Retirements > before; i++)
            {
                // 'Replace(ref slot, new Item())': what was read of the last round has another name by now
                values[i] = values[i] with { Value = _frame.Rounds.AfterRetirements(values[i].Value, before) };
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

    /// <summary>What an index is made of is used.</summary>
    public void HandOverUnlessIndex(ImmutableArray<Argument> arguments, IOperation at)
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
