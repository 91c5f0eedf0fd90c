using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Gives the value of an expression and carries out its effects on the frame. Deep expressions stop it with <see cref="InsufficientExecutionStackException"/> instead of a crash.</summary>
internal sealed class Evaluator
{
    /// <summary>Bytes: every allocator's addresses are multiples of it.</summary>
    private const int LeastAlignment = 16;
    private readonly BodyUnit _unit;
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly Calls _calls;
    private readonly References _references;
    private readonly Patterns _patterns;
    private readonly Slices _slices;
    private readonly AnticipatedExceptions _anticipated;

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
    }

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
                return Anticipating(Behind(property.Instance, _calls.ReadProperty(property)), property);
            case IArrayElementReferenceOperation element:
                return Anticipating(_slices.IsCopy(element) ? _slices.Copy(element) : _references.ReadElement(element), element);
            case IImplicitIndexerReferenceOperation indexer:
                return _slices.Read(indexer);
            case IExpressionStatementOperation statement:
                return EvalStatement(statement);
            case ISimpleAssignmentOperation assignment:
                return EvalAssignment(assignment);
            case IFlowCaptureOperation capture:
                return Store(_frame.Universe.Temporary(capture.Id, capture.Value.Type), Eval(capture.Value), capture);
            case ICompoundAssignmentOperation compound:
                return EvalCompound(compound);
            case IIncrementOrDecrementOperation increment:
                return EvalIncrement(increment);
            case IDeconstructionAssignmentOperation deconstruction:
                return EvalDeconstruction(deconstruction);
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
                return EvalArray(array);
            case IArrayInitializerOperation initializer:
                return EvalAll(initializer.ElementValues, escapes: true);
            case ITupleOperation tuple:
                return EvalTuple(tuple);
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
                return EvalCollection(operation);
            case IInterpolatedStringOperation or IInterpolatedStringTextOperation or IInterpolationOperation:
                return Formatting.Evaluate(operation, this, _frame, _resources);
            case IParenthesizedOperation parenthesized:
                return Eval(parenthesized.Operand);
            default:
                return EvalOther(operation);
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

    /// <summary>Gives what <paramref name="target"/> refers to the value.</summary>
    public void Assign(IOperation target, Value value, IOperation at)
    {
        switch (target)
        {
            case ITupleOperation tuple:
                AssignTuple(tuple, value, at);
                return;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, at);
                return;
            case IDiscardOperation:
                return;
            case IConversionOperation conversion:
                Assign(conversion.Operand, value, at);
                return;
            case IPropertyReferenceOperation property:
                _calls.WriteProperty(property, value, at);
                return;
            case IFlowCaptureReferenceOperation capture when _references.CapturedBy(capture) is IPropertyReferenceOperation or IArrayElementReferenceOperation:
                // 'items[key] = new Item { ... }': the element was found before the object was made
                Assign(_references.CapturedBy(capture)!, value, at);
                return;
            case IFlowCaptureReferenceOperation capture when _references.CapturedBy(capture) is { Kind: OperationKind.None or OperationKind.Invalid or OperationKind.DynamicMemberReference or OperationKind.DynamicIndexerAccess } captured && _references.PlaceOf(captured) is null:
                // '*(T*)p.Bytes = new T { ... }': where that is cannot be told
                LetGo(value, at);
                return;
            case IArrayElementReferenceOperation element:
                var array = Eval(element.ArrayReference);
                _resources.Use(array, element, "written");
                NoteTable(array as Sym, value, element.Indices[0]);
                if (array is Sym table && value is Pointer or Aggregate or Sym { Kind: SymKind.NewObject })
                {
                    _frame.Tables.NoteInner(table, value);
                    _frame.FieldTables.Fill(table, value, at);
                    _frame.FieldTables.Note(table, TableUse.Replaced, element);
                }

                if (_references.ElementPlace(element, array) is { } elementPlace)
                {
                    Store(elementPlace, value, at);
                }
                else
                {
                    ForgetReleasedElements(array);
                    LetGo(value, at);
                }

                return;
            case ILocalReferenceOperation { Local.RefKind: not RefKind.None } reference when _frame.Read(_references.Variable(reference.Local)) is Pointer into:
                _resources.Use(into, at, "written");
                return;
        }

        if (value is Pointer { Block.Site: not null } held && ElementAround(target) is { } outer && Eval(outer.ArrayReference) is Sym { Kind: SymKind.NewObject or SymKind.Input })
        {
            // a[i].Pointer = ...: a loop that counts leaves one in each element
            held.Block.IsInTable |= _calls.InLoop && !outer.Indices[0].ConstantValue.HasValue;
        }

        // *p++ moves p once
        var pointer = Value.Unknown;
        var targetPlace = target.Kind == OperationKind.None ? EvalIndirection(target, isWritten: true, out pointer) : _references.PlaceOf(target);
        if (target.Kind == OperationKind.None && target.ChildOperations.Count > 1)
        {
            NoteTable(Tables.BehindPointer(pointer), value, target.ChildOperations.ElementAt(1));
            if (pointer is Sym given && value is Pointer)
            {
                _frame.FieldTables.Fill(given, value, at);
            }
        }

        if (targetPlace is null && target.Kind == OperationKind.None && target.ChildOperations.Count > 1)
        {
            ForgetReleasedElements(pointer);
        }

        if (targetPlace is { } place)
        {
            if (value is Closure && place.Base.Kind is not (PlaceKind.Local or PlaceKind.Temporary))
            {
                _calls.HandOver(value, at);
            }

            if (!_frame.Contents.Keeps(place, value))
            {
                LetGo(value, at);
            }

            Store(place, value, at);
            return;
        }

        if (target is IFieldReferenceOperation { Instance: { } instance })
        {
            Eval(instance);
        }

        LetGo(value, at);
    }

    /// <summary>An element of a native table gets a value, by a function.</summary>
    public void WriteElement(Value table, Value value, long? index, IOperation? offset, ITypeSymbol type, IOperation at)
    {
        if (offset is not null)
        {
            NoteTable(Tables.BehindPointer(table), value, offset);
        }

        if (_references.Pointee(table, type, index) is { } place && _frame.Contents.Keeps(place, value))
        {
            Store(place, value, at);
            return;
        }

        LetGo(value, at);
    }

    /// <summary>An element of a native table, read by a function.</summary>
    public Value ReadElement(Value table, Block outer, long? index, IOperation at) =>
        _references.Pointee(table, at.Type, index) is { } place ? _references.ReadBehind(place, at) : Element(at, outer);

    /// <summary>The element of an array that a field of a struct lies in; null when it lies elsewhere.</summary>
    private static IArrayElementReferenceOperation? ElementAround(IOperation target)
    {
        var isMember = false;
        while (target is IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance })
        {
            target = instance;
            isMember = true;
        }

        return isMember && target is IArrayElementReferenceOperation { Indices.Length: 1 } element ? element : null;
    }

    /// <summary>An element gets a value, and nobody knows which one: where a released block has been, something else may be now.</summary>
    private void ForgetReleasedElements(Value table)
    {
        var elements = table switch
        {
            Sym symbol => _frame.Universe.Object(symbol),
            NotHeap { Table: { } memory } => _frame.Universe.Object(memory),
            Pointer { IsView: false, Block: { Site: not null } block } => _frame.Universe.Content(block),
            _ => null,
        };
        if (elements is null || _frame.State.Blocks.IsEmpty)
        {
            return;
        }

        foreach (var pair in _frame.State.Values)
        {
            if (pair.Key.Parent == elements && pair.Value is Pointer { Block: var held } && _frame.State[held] is { Ownership: Ownership.Released })
            {
                _frame.State = _frame.State.WithValue(pair.Key, Value.Unknown);
            }
        }
    }

    /// <summary>A loop that counts fills an array with what it allocates.</summary>
    private void NoteTable(object? table, Value value, IOperation index)
    {
        if (value is not (Pointer or Aggregate or Sym { Kind: SymKind.NewObject }))
        {
            return;
        }

        while (table is Sym { Origin: TableElement { Table: var outer } })
        {
            // grid[i][j] = ...: what lies in a row lies in the grid
            table = outer;
        }

        var isOwn = table is Sym { Kind: SymKind.NewObject } or Block;
        foreach (var block in value is Pointer pointer ? pointer.Block.Alone : isOwn ? _frame.BlocksIn(value) : ImmutableArray<Block>.Empty)
        {
            if (block.Site is not null)
            {
                block.IsInTable |= _calls.InLoop && !index.ConstantValue.HasValue;
                if (isOwn)
                {
                    _frame.Tables.Note(table!, block, value is Pointer { IsView: false } or Sym);
                }
            }
        }
    }

    private void LetGo(Value value, IOperation at)
    {
        if (value is not Pointer { Block.IsInTable: true } && !(value is Sym { Kind: SymKind.NewObject } && _frame.BlocksIn(value) is { IsEmpty: false } within && within.All(static block => block.IsInTable)))
        {
            // an element of a table stays with the table: it goes where somebody takes it out
            _resources.NoteDeparture(value, Destination.Elsewhere, null, at);
        }

        _frame.Escape(value, at);
    }

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

    private Value Store(Place place, Value value, IOperation at)
    {
        if (value is not (Const or Expression or UnknownValue) && _frame.BlocksIn(value) is { IsEmpty: false } && place.Base.Kind is PlaceKind.Static)
        {
            _resources.NoteDeparture(value, Destination.StaticField, place, at);
        }

        _frame.Write(place, value, at);
        return value;
    }

    private Value EvalStatement(IExpressionStatementOperation statement)
    {
        var value = Eval(statement.Operation);
        _resources.Discard(value, statement);
        return value;
    }

    private Value EvalAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef || (assignment.IsImplicit && assignment.Target is ILocalReferenceOperation { Local.RefKind: not RefKind.None }))
        {
            var value = EvalReference(assignment.Value);
            if (assignment.Target is ILocalReferenceOperation { Local: { RefKind: not RefKind.None } local })
            {
                _frame.State = _frame.State.WithValue(_references.Variable(local), value);
            }

            return Value.Unknown;
        }

        var given = assignment.Target is ILocalReferenceOperation { Local: { IsFixed: true } pinned }
            ? EvalFixed(assignment.Value, pinned)
            : Eval(assignment.Value);
        Assign(assignment.Target, given, assignment);
        return given;
    }

    /// <summary>What <c>ref</c> in front of an expression refers to: a place, memory of a block, or something unknown.</summary>
    public Value EvalReference(IOperation referent)
    {
        if (referent is IFlowCaptureReferenceOperation either && _references.CapturedBy(either) is null)
        {
            // 'ref (first ? ref a : ref b)': the one that has what came here on this way
            var chosen = Eval(either);
            var places = chosen is Pointer ? _frame.State.Values.Where(pair => pair.Key.Kind is PlaceKind.Local or PlaceKind.Parameter && pair.Value.Equals(chosen)).Select(static pair => pair.Key).Take(2).ToList() : [];
            if (places.Count == 1)
            {
                return new Address(places[0]);
            }

            LetGo(chosen, referent);
            return Value.Unknown;
        }

        if (referent is not (IPropertyReferenceOperation or IInvocationOperation) && _references.PlaceOf(referent) is { } place)
        {
            return new Address(place);
        }

        _calls.WantsReference = true;
        var value = referent.Kind == OperationKind.None || referent is IArrayElementReferenceOperation ? _references.AddressOf(referent) : Eval(referent);
        _calls.WantsReference = false;
        return value is Pointer ? value : Value.Unknown;
    }

    /// <summary>
    /// What <c>return ref</c> gives: a reference into memory that the body has allocated leads to it, and whoever gets it may release it.
    /// </summary>
    public Value EvalReturnedReference(IOperation referent)
    {
        var value = referent switch
        {
            ILocalReferenceOperation { Local.RefKind: not RefKind.None } local => _frame.Read(_references.Variable(local.Local)),
            IInvocationOperation => EvalReference(referent),
            { Kind: OperationKind.None } or IFieldReferenceOperation { Instance.Kind: OperationKind.None } => _references.ViewOf(referent),
            _ => null,
        };
        if (value is not Pointer { Block.Site: not null } pointer)
        {
            return value is null || referent is ILocalReferenceOperation ? Eval(referent) : value;
        }

        _resources.Use(pointer, referent, "returned");
        _resources.Transfer(pointer, Destination.Returned, referent);
        return Value.Unknown;
    }

    private Value EvalFixed(IOperation initializer, ILocalSymbol pinned)
    {
        var source = initializer is { Kind: OperationKind.None } && initializer.ChildOperations.Count == 1 ? initializer.ChildOperations.First() : initializer;
        var value = Eval(source);
        if (value is Sym span && source.Type is { IsRefLikeType: true } view && Calls.IsViewType(view))
        {
            // a span may lie over native memory, which its pointer leads back to
            return span.IsInput ? new Pointer(_frame.Universe.External(span), Offset.Somewhere, null, IsView: true) : Value.Unknown;
        }

        var inner = value is Pointer pointer ? pointer.Block : null;
        if (value is Sym { Type: IArrayTypeSymbol { ElementType: var elements } } array && Frame.CanCarry(elements))
        {
            // what becomes of the elements behind the pointer cannot be seen
            _frame.Tables.Forget(array, initializer);
        }

        // fixed over a rented array points into the array: it is used with it, and released by nobody
        return inner is not null ? new Pointer(inner, Offset.Somewhere, null, IsView: true) : new NotHeap($"memory pinned by 'fixed' ('{pinned.Name}')") { Variable = (value as Address)?.Place };
    }

    private Value EvalCompound(ICompoundAssignmentOperation compound)
    {
        var left = Eval(compound.Target);
        var right = Eval(compound.Value);
        if (compound.Target.Type?.TypeKind == TypeKind.Delegate)
        {
            return EvalCombination(compound, left, right);
        }

        var result = compound.OperatorMethod is { } method && !IsPointerLike(compound.Target.Type)
            ? _calls.Apply(compound, method, ImmutableArray.Create(left, right))
            : Arithmetic(compound.OperatorKind, left, right, compound);
        Assign(compound.Target, result, compound);
        return result;
    }

    /// <summary>Delegates that are combined are called together, and nobody follows which: what they release is no longer the body's.</summary>
    private Value EvalCombination(ICompoundAssignmentOperation compound, Value left, Value right)
    {
        var result = right;
        if (!left.Equals(Value.Null) || compound.OperatorKind != BinaryOperatorKind.Add)
        {
            _calls.HandOver(left, compound);
            _calls.HandOver(right, compound);
            result = _calls.FreshResult(compound);
        }

        Assign(compound.Target, result, compound);
        return result;
    }

    private Value EvalIncrement(IIncrementOrDecrementOperation increment)
    {
        var before = Eval(increment.Target);
        var kind = increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        var after = Arithmetic(kind, before, new Const(1L), increment);
        Assign(increment.Target, after, increment);
        return increment.IsPostfix ? before : after;
    }

    private Value EvalDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        var value = Eval(deconstruction.Value);
        if (deconstruction.Value.Type is { IsTupleType: false } type)
        {
            value = Construction.PartsOf(value, type as INamedTypeSymbol, _frame) is { } parts ? parts : HandOverParts(value, deconstruction);
        }

        Assign(deconstruction.Target, value, deconstruction);
        return value;
    }

    /// <summary>A <c>Deconstruct</c> method that is not followed may hand out anything.</summary>
    private Value HandOverParts(Value value, IOperation at)
    {
        _resources.Transfer(value, Destination.Elsewhere, at);
        return Value.Unknown;
    }

    private void AssignTuple(ITupleOperation tuple, Value value, IOperation at)
    {
        // all at once: a swap loses nothing on the way
        using var together = _frame.WriteTogether();
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            var element = value is Aggregate aggregate ? aggregate.Members.TryGetValue("Item" + (i + 1), out var member) ? member : Value.Unknown
                : value is Sym symbol ? _frame.Universe.Read(symbol, "Item" + (i + 1), tuple.Elements[i].Type)
                : Value.Unknown;
            Assign(tuple.Elements[i], element, at);
        }
    }

    private Value EvalTuple(ITupleOperation tuple)
    {
        var members = ImmutableDictionary.CreateBuilder<object, Value>(MemberComparer.Instance);
        var elements = (tuple.Type as INamedTypeSymbol)?.TupleElements ?? ImmutableArray<IFieldSymbol>.Empty;
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            var value = Eval(tuple.Elements[i]);
            if (i < elements.Length)
            {
                members[References.KeyOf(elements[i])] = value;
            }
        }

        return new Aggregate(members.ToImmutable());
    }

    private Value EvalArray(IArrayCreationOperation array)
    {
        if (NewArrays.IsEmpty(array))
        {
            return _calls.FreshResult(array);
        }

        var length = Value.Unknown;
        foreach (var size in array.DimensionSizes)
        {
            length = Eval(size);
        }

        var made = _calls.Fresh(array);
        if (array.DimensionSizes.Length == 1 && length is not UnknownValue && _frame.Universe.Member(_frame.Universe.Object(made), "length", array.DimensionSizes[0].Type) is { } lengthPlace)
        {
            _frame.State = _frame.State.WithValue(lengthPlace, length);
        }

        if (array.Initializer is { } initializer)
        {
            Fill(made, initializer.ElementValues, array);
        }

        return made;
    }

    private void Fill(Sym made, IEnumerable<IOperation> elements, IOperation array)
    {
        var index = 0L;
        foreach (var element in elements)
        {
            var value = Eval(element);
            if (value is not Const)
            {
                if (index < 16 && element.Type is not null && _frame.Universe.Member(_frame.Universe.Object(made), index, (array.Type as IArrayTypeSymbol)?.ElementType) is { } place)
                {
                    _frame.Write(place, value, array);
                }
                else
                {
                    _frame.Escape(value, array);
                }
            }

            index++;
        }
    }

    /// <summary><c>[a, b]</c>: an array is followed element by element; other collections are given what is in them.</summary>
    private Value EvalCollection(IOperation collection)
    {
        var hasSpread = collection.ChildOperations.Any(child => child.Type is null);
        if (collection.Type is IArrayTypeSymbol && !hasSpread)
        {
            if (NewArrays.IsEmpty(collection))
            {
                return _calls.FreshResult(collection);
            }

            var made = _calls.Fresh(collection);
            Fill(made, collection.ChildOperations, collection);
            return made;
        }

        foreach (var element in collection.ChildOperations)
        {
            // tasks that are gathered go on using what they use, and take nothing over
            if (Eval(element) is var value and not Borrower)
            {
                _calls.HandOver(value, collection);
            }
        }

        return _calls.FreshResult(collection);
    }

    private Value EvalAll(ImmutableArray<IOperation> operations, bool escapes)
    {
        foreach (var operation in operations)
        {
            var value = Eval(operation);
            if (escapes)
            {
                _frame.Escape(value, operation);
            }
        }

        return Value.Unknown;
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
                : Anticipating(Arithmetic(current.OperatorKind, value, right, current), current);
        }

        return value;
    }

    private Value Arithmetic(BinaryOperatorKind kind, Value left, Value right, IOperation at)
    {
        left = Conditions.Resolve(left, _frame.State);
        right = Conditions.Resolve(right, _frame.State);
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                return Same(left, right, at);
            case BinaryOperatorKind.NotEquals:
                return Conditions.Not(Same(left, right, at));
            case BinaryOperatorKind.LessThan:
                return Nullables.Compare(Operator.Less, left, right, IsCounted(at), at, _frame.State);
            case BinaryOperatorKind.GreaterThan:
                return Nullables.Compare(Operator.Less, right, left, IsCounted(at), at, _frame.State);
            case BinaryOperatorKind.LessThanOrEqual:
                return Nullables.Compare(Operator.LessOrEqual, left, right, IsCounted(at), at, _frame.State);
            case BinaryOperatorKind.GreaterThanOrEqual:
                return Nullables.Compare(Operator.LessOrEqual, right, left, IsCounted(at), at, _frame.State);
            case BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd when at.Type?.SpecialType == SpecialType.System_Boolean:
                return Conditions.Make(Operator.And, left, right);
            case BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr when at.Type?.SpecialType == SpecialType.System_Boolean:
                return Conditions.Make(Operator.Or, left, right);
            case BinaryOperatorKind.Add:
                return PointerArithmetic(left, right, 1, at) ?? PointerArithmetic(right, left, 1, at) ?? Sum(left, right, at);
            case BinaryOperatorKind.Subtract:
                return PointerArithmetic(left, right, -1, at) ??
                    (right is Const { Value: long and > long.MinValue and var less } && left is Sym or Expression && (IsSigned(at.Type) || _frame.State.FactOf(left).IsLess(less) == false)
                        ? Conditions.Make(Operator.Add, left, new Const(-less))
                        : Conditions.Make(Operator.Subtract, left, right));
            case BinaryOperatorKind.Multiply:
                return Conditions.Make(Operator.Multiply, left, right);
            default:
                // tagged and aligned pointers: (p + 15) & ~15 is somewhere in the block
                return left is Const { Value: long a } && right is Const { Value: long b } && Bits.Fold(kind, a, b, at.Type) is { } folded ? folded
                    : left is Pointer && right is Const && (kind == BinaryOperatorKind.RightShift || IsPartOfAddress(kind, right)) ? Conditions.Make(Operator.Other, left, right, kind)
                    : left is Pointer tagged ? Aligned(tagged, kind, right)
                    : left is Const or Sym or Expression && right is Const or Sym or Expression ? Conditions.Make(Operator.Other, left, right, kind) : _frame.Universe.Result(at);
        }
    }

    private static Value Same(Value left, Value right, IOperation at) =>
        at is IBinaryOperation { IsLifted: true } comparison ? left is Const { Value: null } ? Nullables.IsNull(right, comparison.RightOperand.Type)
            : right is Const { Value: null } ? Nullables.IsNull(left, comparison.LeftOperand.Type) : Conditions.Make(Operator.Equal, left, right)
        : Conditions.Make(Operator.Equal, left, right);

    /// <summary>A text that is put together is one, whatever it is put together of.</summary>
    private Value Sum(Value left, Value right, IOperation at) =>
        Conditions.Make(Operator.Add, left, right) is var sum && sum is UnknownValue && at.Type?.SpecialType == SpecialType.System_String ? _calls.FreshResult(at) : sum;

    /// <summary>Whether to take one from the least that a number of the type can be is nothing that a program does.</summary>
    private static bool IsSigned(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_SByte;

    /// <summary><c>(nint)p &amp; 15</c>, <c>(nint)p % 64</c>: a number that leads nowhere.</summary>
    private static bool IsPartOfAddress(BinaryOperatorKind kind, Value by) =>
        kind == BinaryOperatorKind.Remainder || (kind == BinaryOperatorKind.And && by is Const { Value: long mask } && SmallNumbers.IsMask(mask));

    private static bool IsCounted(IOperation at) => at is IBinaryOperation comparison && Conditions.IsUnsigned(comparison.LeftOperand.Type);

    public Value? PointerArithmetic(Value pointer, Value distance, int sign, IOperation at)
    {
        if (pointer is NotHeap memory)
        {
            if (memory.Table is null || distance.Equals(new Const(0L)))
            {
                return memory;
            }

            // what becomes of the elements behind another pointer is not followed
            _frame.Tables.Forget(memory.Table, at);
            _frame.Publish(memory.Table, at);
            return memory with { Table = null };
        }

        if (pointer is Sym { Type: IPointerTypeSymbol } or Sym { IsInput: true, Type.SpecialType: SpecialType.System_IntPtr })
        {
            pointer = new Pointer(_frame.Universe.External((Sym)pointer));
        }

        if (pointer is not Pointer to)
        {
            return null;
        }

        if (distance is Pointer)
        {
            return Value.Unknown;
        }

        if (distance is Const { Value: long steps })
        {
            if (to.Distance is { } from)
            {
                var target = from + (sign * steps);
                return to with { Offset = target == 0 ? Offset.Start : target > 0 || IsOwnMemory(to.Block) ? Offset.Inside : Offset.Somewhere, Distance = target };
            }

            return to with { Offset = to.Offset == Offset.Inside && sign * steps >= 0 ? Offset.Inside : Offset.Somewhere };
        }

        var isPositive = _frame.State.FactOf(distance).IsLess(1) == false;
        return to with { Offset = sign > 0 && isPositive && to.Offset != Offset.Somewhere ? Offset.Inside : Offset.Somewhere, Distance = null };
    }

    /// <summary>The start of the block is known: what lies in front of it is not the block's.</summary>
    private static bool IsOwnMemory(Block block) => block is { Site: not null, Family.IsInferred: false };

    /// <summary><c>(p + 64) &amp; ~63</c>: the next address of an alignment, which is not the start.</summary>
    private static Pointer Aligned(Pointer moved, BinaryOperatorKind kind, Value by)
    {
        var isNext = kind == BinaryOperatorKind.And && by is Const { Value: long and < 0 and var mask } && moved is { Offset: Offset.Inside, Distance: { } distance } && IsOwnMemory(moved.Block) &&
            (distance == -mask || (distance == -mask - 1 && -mask > LeastAlignment && moved.Block.Family?.Name.IndexOf("Aligned", StringComparison.OrdinalIgnoreCase) < 0));
        return moved with { Offset = isNext ? Offset.Inside : Offset.Somewhere, Distance = null };
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

    /// <summary>What has no operation of its own in this version of Roslyn: pointer indirection, stackalloc, function pointers, what does not compile.</summary>
    private Value EvalOther(IOperation operation)
    {
        switch (operation.Syntax)
        {
            case Microsoft.CodeAnalysis.CSharp.Syntax.StackAllocArrayCreationExpressionSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.ImplicitStackAllocArrayCreationExpressionSyntax
                when operation.Kind == OperationKind.None:
                foreach (var child in operation.ChildOperations)
                {
                    Eval(child);
                }

                return new NotHeap("memory on the stack ('stackalloc')") { Table = operation.Type is IPointerTypeSymbol { PointedAtType: var elements } && Frame.CanCarry(elements) ? _calls.Fresh(operation) : null };

            case Microsoft.CodeAnalysis.CSharp.Syntax.PrefixUnaryExpressionSyntax prefix when prefix.IsKind(SyntaxKind.PointerIndirectionExpression) && operation.Kind == OperationKind.None:
            case Microsoft.CodeAnalysis.CSharp.Syntax.ElementAccessExpressionSyntax when operation.Kind == OperationKind.None:
            case Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax when operation.Kind == OperationKind.None:
            case { Parent: Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax arrow } when arrow.Expression == operation.Syntax && arrow.IsKind(SyntaxKind.PointerMemberAccessExpression) && operation.Kind == OperationKind.None:
                return EvalIndirection(operation, isWritten: false, out var pointer) is { } place ? _references.ReadBehind(place, operation)
                    : Tables.BehindPointer(pointer) is { } table && Frame.CanCarry(operation.Type) ? Element(operation, table)
                    : _calls.FreshResult(operation);
        }

        if (operation.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax && operation.ChildOperations.FirstOrDefault() is { Type: IFunctionPointerTypeSymbol { Signature: var signature } } target)
        {
            var called = Eval(target);
            _resources.Use(called, operation, "called");
            var handed = operation.ChildOperations.Skip(1).Select(static child => child is IArgumentOperation argument ? argument.Value : child).ToList();
            return called is Closure closure
                ? _calls.Apply(operation, closure.Target, handed.Select(Eval).ToImmutableArray())
                : _calls.CallPointer(new Call(operation, signature, null, null, null, handed.Select((child, i) => new Argument(i < signature.Parameters.Length ? signature.Parameters[i] : null, child, Eval(child), null)).ToImmutableArray()));
        }

        Value? view = null;
        Value? asserted = null;
        var count = 0;
        foreach (var child in operation.ChildOperations)
        {
            var value = Eval(child);
            if (child.Syntax.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.ArgumentSyntax)
            {
                asserted ??= value;
                count++;
            }

            if (value is Pointer { IsView: true } && operation.Type is { } type && Calls.IsViewType(type))
            {
                // memory[..n]
                view = value;
                continue;
            }

            // a lambda goes along with what it releases or keeps of what it captures
            _calls.HandOver(value, operation);
        }

        if (asserted is not null && Assertions.MethodOf(operation.Syntax) is { } assertion)
        {
            Assertions.Assume(Assertions.ConditionOf(assertion, asserted, count), _frame);
        }

        return view ?? _calls.FreshResult(operation);
    }

    /// <summary><c>*p</c>, <c>p[i]</c>: uses the pointer; gives the place behind it, when that can be followed.</summary>
    private Place? EvalIndirection(IOperation operation, bool isWritten, out Value pointer)
    {
        Place? place = null;
        pointer = Value.Unknown;
        var isFirst = true;
        foreach (var child in operation.ChildOperations)
        {
            if (isFirst)
            {
                pointer = Dereference(child, operation, "dereferenced");
                place = _references.Pointee(pointer, operation.Type, _references.IndexOf(operation));
                if (place is null && !(Tables.BehindPointer(pointer) is not null && References.HoldsPointers(operation.Type) && operation.ChildOperations.Count > 1))
                {
                    _references.LookInside(pointer, isWritten ? null : operation.Type, operation);
                }
            }
            else
            {
                Eval(child);
            }

            isFirst = false;
        }

        return place;
    }

    private static bool IsPointerLike(ITypeSymbol? type) =>
        type is IPointerTypeSymbol || type?.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr || type?.TypeKind == TypeKind.Enum;
}

/// <summary>Compares the keys of an aggregate: symbols as Roslyn does.</summary>
internal sealed class MemberComparer : IEqualityComparer<object>
{
    public static readonly MemberComparer Instance = new();

    bool IEqualityComparer<object>.Equals(object? x, object? y) =>
        x is ISymbol left ? y is ISymbol right && SymbolEqualityComparer.Default.Equals(left, right) : Equals(x, y);

    int IEqualityComparer<object>.GetHashCode(object key) =>
        key is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : key.GetHashCode();
}
