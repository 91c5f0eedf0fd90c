using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Gives the value of an expression and carries out its effects on the frame. Deep expressions stop it with <see cref="InsufficientExecutionStackException"/> instead of a crash.</summary>
internal sealed class Evaluator
{
    private readonly BodyUnit _unit;
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly Calls _calls;
    private readonly References _references;
    private readonly Patterns _patterns;
    private readonly Slices _slices;
    private readonly AnticipatedExceptions _anticipated;
    private readonly UnnamedOperations _unnamed;
    private readonly Initializers _initializers;

    public Evaluator(BodyUnit unit, Frame frame, Resources resources, Calls calls, StableFields stableFields, Summaries.ISummarySource summaries)
    {
        _anticipated = new AnticipatedExceptions(unit, summaries);
        _unit = unit;
        _frame = frame;
        _resources = resources;
        _calls = calls;
        _references = new References(unit, frame, this, stableFields);
        _patterns = new Patterns(frame, _references);
        _slices = new Slices(frame, resources, calls);
        calls.Connect(this, _references);
        Operators = new Operators(frame, calls);
        _unnamed = new UnnamedOperations(this, frame, resources, calls, _references);
        _initializers = new Initializers(this, frame, calls);
        Assignments = new Assignments(this, frame, resources, calls, _references, _unnamed);
    }

    /// <summary>Gives places their values.</summary>
    public Assignments Assignments { get; }

    /// <summary>What operators make of values.</summary>
    public Operators Operators { get; }

    /// <summary>The value of <paramref name="operation"/>.</summary>
    public Value Eval(IOperation? operation)
    {
        if (operation is null)
        {
            return Value.Unknown;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && operation is not IFlowCaptureOperation)
        {
            return ConstantOf(constant);
        }

        switch (operation)
        {
            case ILocalReferenceOperation { Local.RefKind: not RefKind.None } reference when _frame.State.Values.TryGetValue(_references.Variable(reference.Local), out var held) && held is Pointer:
                // a reference into a block
                if (_calls.WantsReference)
                {
                    return held;
                }

                _resources.Use(held, operation, "used");
                return _frame.Universe.Result(operation);
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IInstanceReferenceOperation:
                return _references.Read(operation);
            case IFieldReferenceOperation field:
                return Behind(field.Instance, _references.ReadField(field));
            case IPropertyReferenceOperation property:
                return Anticipating(Behind(property.Instance, _calls.Properties.ReadProperty(property)), property);
            case IArrayElementReferenceOperation element:
                return Anticipating(_slices.IsCopy(element) ? _slices.Copy(element) : _references.ReadElement(element), element);
            case IImplicitIndexerReferenceOperation indexer:
                return _slices.Read(indexer);
            case IExpressionStatementOperation statement:
                return EvalStatement(statement);
            case ISimpleAssignmentOperation assignment:
                return Assignments.EvalAssignment(assignment);
            case IFlowCaptureOperation capture:
                return Assignments.Store(_frame.Universe.Temporary(capture.Id, capture.Value.Type), Eval(capture.Value), capture);
            case ICompoundAssignmentOperation compound:
                return Assignments.EvalCompound(compound);
            case IIncrementOrDecrementOperation increment:
                return Assignments.EvalIncrement(increment);
            case IDeconstructionAssignmentOperation deconstruction:
                return Assignments.EvalDeconstruction(deconstruction);
            case IConversionOperation conversion:
                return EvalConversion(conversion);
            case IBinaryOperation binary:
                return EvalBinary(binary);
            case IUnaryOperation unary:
                return EvalUnary(unary);
            case IIsNullOperation isNull:
                return Nullables.IsNull(Eval(isNull.Operand), isNull.Operand.Type);
            case IIsTypeOperation isType:
                return TypeTest(Eval(isType.ValueOperand), isType);
            case IIsPatternOperation isPattern:
                return _patterns.Match(Eval(isPattern.Value), isPattern.Pattern);
            case IInvocationOperation invocation:
                Anticipating(Value.Unknown, invocation);
                return Behind(invocation.Instance, _calls.Invoke(invocation));
            case IObjectCreationOperation creation:
                return _calls.Create(creation);
            case IArrayCreationOperation array:
                return _initializers.EvalArray(array);
            case IArrayInitializerOperation initializer:
                return _initializers.EvalAll(initializer.ElementValues, escapes: true);
            case ITupleOperation tuple:
                return _initializers.EvalTuple(tuple);
            case IDefaultValueOperation:
                return Frame.DefaultOf(operation.Type);
            case IAddressOfOperation address:
                return _references.AddressOf(address.Reference);
            case IAwaitOperation await:
                return EvalAwait(await);
            case IFlowAnonymousFunctionOperation lambda:
                return new Closure(lambda.Symbol, lambda, null);
            case IDelegateCreationOperation creation:
                return Eval(creation.Target);
            case IMethodReferenceOperation method:
                return new Closure(method.Method, null, method.Instance is null ? null : Eval(method.Instance));
            case IEventAssignmentOperation assignment:
                return EvalEventAssignment(assignment);
            case IReturnOperation result:
                return EvalYield(result);
            case IFieldInitializerOperation or IPropertyInitializerOperation or IVariableInitializerOperation:
                return Eval(((ISymbolInitializerOperation)operation).Value);
            case ISizeOfOperation or ITypeOfOperation or INameOfOperation or ICaughtExceptionOperation:
                return _frame.Universe.Result(operation);
            case { Syntax.RawKind: InherentFacts.CollectionExpression } when operation is not IConversionOperation:
                return _initializers.EvalCollection(operation);
            case IInterpolatedStringOperation or IInterpolatedStringTextOperation or IInterpolationOperation:
                return Formatting.Evaluate(operation, this, _frame, _resources);
            case IParenthesizedOperation parenthesized:
                return Eval(parenthesized.Operand);
            default:
                return _unnamed.EvalOther(operation);
        }
    }

    /// <summary>What a member of an object gave: the variable that led to the object was not null.</summary>
    private Value Behind(IOperation? instance, Value value)
    {
        if (instance is { Type.IsReferenceType: true } and (ILocalReferenceOperation or IParameterReferenceOperation) && !_frame.IsDead &&
            _unit.IsCopied(instance is ILocalReferenceOperation local ? local.Local.Name : ((IParameterReferenceOperation)instance).Parameter.Name) &&
            _references.Read(instance) is Sym { Kind: not SymKind.NewObject } found && _frame.State.FactOf(found) is var fact && fact.IsEqual(null) is null)
        {
            _frame.State = _frame.State.WithFact(found, fact.WithEqual(null, equal: false) ?? fact);
        }

        return value;
    }

    /// <summary>The member-by-member or whole value of an r-value, with the block's use recorded when it is dereferenced.</summary>
    public Value Dereference(IOperation pointer, IOperation at, string how)
    {
        var value = Eval(pointer);
        _resources.Use(value, at, how);
        if (value is Pointer { Block: var block } && _frame.State[block] is { MayBeNull: true } unasked)
        {
            // whoever goes on behind the access had a block
            _frame.State = _frame.State.WithBlock(block, unasked with { MayBeNull = false });
        }

        return value;
    }

    /// <summary>The unknown result of an operation.</summary>
    public Value Fresh(IOperation operation) => _calls.FreshResult(operation);

    /// <summary>Whether what is carried out lies in a loop.</summary>
    public bool InLoop => _calls.InLoop;

    /// <summary>The address of an element of which nobody knows which one it is: in a loop, another one in each round.</summary>
    public Value AddressOfElement(IOperation reference) => _calls.InLoop ? Value.Unknown : _frame.Universe.Result(reference);

    /// <summary>An element of a table, where nobody knows which one.</summary>
    public Value Element(IOperation at, object table) => _frame.Tables.Element(at, table, at.Type, isCursor: false, _calls.InLoop);

    /// <summary>An element of a native table, read by a function.</summary>
    public Value ReadElement(Value table, Block outer, long? index, IOperation at) =>
        _references.Pointee(table, at.Type, index) is { } place ? _references.ReadBehind(place, at) : Element(at, outer);

    /// <summary>The constant in the engine's form: integral numbers and enum members are <c>long</c>.</summary>
    public static Value ConstantOf(object? constant) => constant switch
    {
        null => Value.Null,
        bool truth => Value.Of(truth),
        char c => new Const((long)c),
        sbyte or byte or short or ushort or int or uint or long => new Const(Convert.ToInt64(constant)),
        ulong big => new Const(unchecked((long)big)),
        _ => new Const(constant),
    };

    private Value EvalStatement(IExpressionStatementOperation statement)
    {
        var value = Eval(statement.Operation);
        _resources.Discard(value, statement);
        return value;
    }

    private Value EvalConversion(IConversionOperation conversion)
    {
        var value = Eval(conversion.Operand);
        if (conversion.OperatorMethod is { } method && !IsPointerLike(method.ContainingType))
        {
            return _calls.Apply(conversion, method, ImmutableArray.Create(value));
        }

        if (conversion.IsTryCast && TypeTests.OfMade(value, conversion.Type) == false)
        {
            return Value.Null;
        }

        if (conversion is { IsTryCast: true, Type: { } sought } && value is Sym { Kind: not SymKind.NewObject } && !Patterns.IsAlwaysOf(conversion.Operand.Type, sought))
        {
            // the engine takes 'o as T' for 'o': it is one, or null
            _frame.State = _frame.State.WithFact(TypeTests.Tried(value, sought), Fact.Is(true));
        }

        if (value is Const { Value: null } && conversion.Type is { IsValueType: true, SpecialType: not SpecialType.None })
        {
            return Frame.DefaultOf(conversion.Type);
        }

        if (value is Aggregate made && conversion is { Operand.Type: { IsValueType: true } boxed, Type.IsReferenceType: true })
        {
            return made with { Boxed = boxed };
        }

        if (value is Sym or Expression && IsSizeOf(conversion) && Conditions.Assume(Conditions.Make(Operator.LessOrEqual, new Const(0L), value), true, _frame.State) is { } counted)
        {
            _frame.State = counted;
        }

        if (value is Pointer { Distance: not (null or 0) } moved)
        {
            value = moved with { Distance = PointerUnits.Convert(moved.Distance.Value, conversion.Operand.Type, conversion.Type) };
        }

        return Anticipating(value, conversion);
    }

    /// <summary>A number with a sign becomes one without: a size or a count, which is taken not to be negative.</summary>
    private static bool IsSizeOf(IConversionOperation conversion) =>
        Conditions.IsUnsigned(conversion.Type) &&
        conversion.Operand.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_IntPtr or SpecialType.System_Int16;

    /// <summary>The value, where the operation has not thrown what the code reckons with.</summary>
    private Value Anticipating(Value value, IOperation operation)
    {
        if (_anticipated.Of(operation) is { } exception)
        {
            _calls.Throws(operation, exception);
        }

        return value;
    }

    private Value EvalBinary(IBinaryOperation binary)
    {
        // a chain of operators is as deep on the left as the user made it long
        var chain = new Stack<IBinaryOperation>();
        IOperation leftmost = binary;
        while (leftmost is IBinaryOperation { ConstantValue.HasValue: false } inner)
        {
            chain.Push(inner);
            leftmost = inner.LeftOperand;
        }

        var value = Eval(leftmost);
        while (chain.Count > 0)
        {
            var current = chain.Pop();
            var right = Eval(current.RightOperand);
            if (current.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
            {
                _frame.Races.Note(current.Syntax, value, right);
            }

            value = current.OperatorMethod is { } method && !IsPointerLike(method.ContainingType) && method.ContainingType.SpecialType != SpecialType.System_String
                ? _calls.Apply(current, method, ImmutableArray.Create(value, right))
                : Anticipating(Operators.Arithmetic(current.OperatorKind, value, right, current), current);
        }

        return value;
    }

    private Value EvalUnary(IUnaryOperation unary)
    {
        var value = Eval(unary.Operand);
        if (unary.OperatorMethod is { } method)
        {
            return _calls.Apply(unary, method, ImmutableArray.Create(value));
        }

        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Not when unary.Type?.SpecialType == SpecialType.System_Boolean => Conditions.Not(value),
            UnaryOperatorKind.Minus => Conditions.Make(Operator.Subtract, new Const(0L), value),
            UnaryOperatorKind.Plus => value,
            UnaryOperatorKind.BitwiseNegation when value is Const { Value: long bits } => new Const(~bits),
            _ => value is UnknownValue ? value : Conditions.Make(Operator.Other, value, Value.Null, unary.OperatorKind),
        };
    }

    private static Value TypeTest(Value value, IIsTypeOperation tested)
    {
        var test = Patterns.IsAlwaysOf(tested.ValueOperand.Type, tested.TypeOperand)
            ? Conditions.Not(Conditions.Make(Operator.Equal, value, Value.Null))
            : TypeTests.OfMade(value, tested.TypeOperand) is { } isOfIt ? Value.Of(isOfIt)
            : Conditions.Make(Operator.IsType, value, Value.Null, tested.TypeOperand);
        return tested.IsNegated ? Conditions.Not(test) : test;
    }

    private Value EvalAwait(IAwaitOperation await)
    {
        var value = Eval(await.Operation);
        _frame.Givings.Forget(except: await.Operation);
        _resources.Use(value, await, "used by what is awaited");
        if (value is Borrower { GivenUpBy.IsEmpty: false } waited)
        {
            var before = _frame.State;
            foreach (var exception in waited.GivenUpBy)
            {
                _resources.GiveUp(waited.Blocks, await);
                // the work goes on, and what it gives in the end is for nobody
                _calls.Throws(await, exception);
                _frame.State = before;
            }

            value = waited with { GivenUpBy = ImmutableArray<ITypeSymbol>.Empty };
        }

        if (value is not Borrower borrower)
        {
            _calls.Waits.Fails(value, await);
            return value is Pointer or Aggregate or Sym { Origin: TableElement } ? value : _calls.FreshResult(await);
        }

        // also when it fails, the task has come to its end
        Waits.Settle(borrower, _frame);
        _calls.Waits.Fails(borrower, await);
        return borrower.Result is UnknownValue ? _calls.FreshResult(await) : borrower.Result;
    }

    private Value EvalEventAssignment(IEventAssignmentOperation assignment)
    {
        Eval((assignment.EventReference as IEventReferenceOperation)?.Instance);
        _calls.HandOver(Eval(assignment.HandlerValue), assignment);
        return Value.Unknown;
    }

    private Value EvalYield(IReturnOperation result)
    {
        var value = Eval(result.ReturnedValue);
        if (result.Kind is OperationKind.YieldReturn)
        {
            _resources.Use(value, result, "yielded");
            _frame.Yields.Note(_frame.State.WithValue(_frame.Universe.Result(result.ReturnedValue?.Type), value));
            _resources.NoteDeparture(value, Destination.Returned, null, result);
            _frame.Escape(value, result);
            _calls.Abandons(result);
        }

        return value;
    }

    /// <summary>Pointers, and numbers that may be addresses.</summary>
    public static bool IsPointerLike(ITypeSymbol? type) =>
        type is IPointerTypeSymbol || type?.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr || type?.TypeKind == TypeKind.Enum;
}
