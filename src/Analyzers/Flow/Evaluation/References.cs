using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Turns references (variables, fields, elements, temporaries) into places, and reads them.</summary>
internal sealed class References
{
    private readonly BodyUnit _unit;
    private readonly Frame _frame;
    private readonly Evaluator _evaluator;
    private readonly StableFields _stableFields;

    public References(BodyUnit unit, Frame frame, Evaluator evaluator, StableFields stableFields)
    {
        _stableFields = stableFields;
        _unit = unit;
        _frame = frame;
        _evaluator = evaluator;
    }

    /// <summary>The place of a local variable or parameter.</summary>
    public Place Variable(ISymbol symbol)
    {
        if (symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } captured && _unit.Member is IMethodSymbol { IsStatic: false } member &&
            !SymbolEqualityComparer.Default.Equals(constructor, member) && SymbolEqualityComparer.Default.Equals(constructor.ContainingType.OriginalDefinition, member.ContainingType.OriginalDefinition))
        {
            // a parameter of the primary constructor that other members use is a field in all but name
            var self = _frame.Universe.This(member.ContainingType);
            return _frame.Universe.Member(member.ContainingType.IsValueType ? self : _frame.Universe.Object(_frame.Universe.Input(self)), captured.OriginalDefinition, captured.Type)!;
        }

        var type = symbol is ILocalSymbol local ? local.Type : ((IParameterSymbol)symbol).Type;
        var kind = !_unit.Declares(symbol) ? PlaceKind.Captured : symbol is ILocalSymbol ? PlaceKind.Local : PlaceKind.Parameter;
        return _frame.Universe.Variable(kind, symbol, type);
    }

    public Value Read(IOperation operation)
    {
        if (operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } instance)
        {
            return This(instance.Type) is { } self ? self.Type is { IsValueType: true } ? _frame.Read(self) : _frame.Universe.Input(self) : Value.Unknown;
        }

        return PlaceOf(operation) is { } place ? _frame.Read(place) : _evaluator.Fresh(operation);
    }

    public Value ReadField(IFieldReferenceOperation operation)
    {
        var field = operation.Field;
        if (field.IsStatic && field.IsReadOnly && field.Name == "Zero" && field.ContainingType.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr)
        {
            return Value.Null;
        }

        if (_stableFields.ConstantOf(field) is { } constant)
        {
            return constant;
        }

        if (PlaceOf(operation) is { } place)
        {
            return ReadBehind(place, operation);
        }

        // a field of something without a place: the value of an expression
        var of = operation.Instance is null ? Value.Unknown : _evaluator.Eval(operation.Instance);
        return of switch
        {
            Aggregate aggregate => aggregate.Members.TryGetValue(KeyOf(field), out var member) ? member : Value.Unknown,
            Sym symbol => _frame.Universe.Read(symbol, KeyOf(field), field.Type),
            _ => _frame.Universe.Result(operation),
        };
    }

    public Value ReadElement(IArrayElementReferenceOperation operation)
    {
        var array = _evaluator.Dereference(operation.ArrayReference, operation, "read");
        if (array is Sym table)
        {
            _frame.FieldTables.Note(table, TableUse.Asked, operation);
        }

        if (ElementPlace(operation, array) is { } place)
        {
            return _frame.Read(place);
        }

        if (array is Sym symbol && Frame.CanCarry(operation.Type))
        {
            return _evaluator.Element(operation, symbol);
        }

        if (array is Sym { Kind: not SymKind.NewObject } numbers && operation is { Indices.Length: 1, Type.IsValueType: true } && BodyAnalysis.StripConversions(operation.ArrayReference) is ILocalReferenceOperation or IParameterReferenceOperation && operation.ArrayReference.Syntax is IdentifierNameSyntax variable && _unit.IsOnlyRead(variable.Identifier.ValueText))
        {
            // nobody writes to the array: what is read twice is the same
            return Conditions.Make(Operator.Other, numbers, _evaluator.Eval(operation.Indices[0]), OperationKind.ArrayElementReference) is Expression element ? element : _evaluator.Fresh(operation);
        }

        return _evaluator.Fresh(operation);
    }

    /// <summary>The place that an expression refers to; null when it has none that can be followed.</summary>
    public Place? PlaceOf(IOperation? operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                var variable = Variable(local.Local);
                return local.Local.RefKind != RefKind.None && _frame.State.Values.TryGetValue(variable, out var target)
                    ? target is Address address ? address.Place : null
                    : variable;
            case IParameterReferenceOperation parameter:
                return Variable(parameter.Parameter);
            case IFlowCaptureReferenceOperation capture:
                if (IsTarget(capture) && _unit.ReferenceOf(capture.Id) is ILocalReferenceOperation { Local.RefKind: not RefKind.None } somewhere && PlaceOf(somewhere) is null)
                {
                    return null;
                }

                var temporary = _frame.Universe.Temporary(capture.Id, capture.Type);
                return IsTarget(capture) && _unit.ReferenceOf(capture.Id) is { } reference && reference is not IFlowCaptureReferenceOperation && PlaceOf(reference) is { } place &&
                    (capture.Parent is not (IInvocationOperation or IFieldReferenceOperation) || _frame.State.Values.ContainsKey(place) || place.IsInput)
                    ? place
                    : temporary;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } instance:
                return instance.Type is { IsValueType: true } ? This(instance.Type) : null;
            case IFieldReferenceOperation field:
                return FieldPlace(field);
            case IPropertyReferenceOperation { Property: var property } access when BackingField(property) is { } backing:
                return MemberPlace(access.Instance, backing, property.IsStatic);
            case IArrayElementReferenceOperation element:
                return ElementPlace(element, _evaluator.Eval(element.ArrayReference));
            case IConversionOperation { OperatorMethod: null } conversion:
                return PlaceOf(conversion.Operand);
            case IDeclarationExpressionOperation declaration:
                return PlaceOf(declaration.Expression);
            case IInvocationOperation { TargetMethod: { Name: "AsRef", ContainingType.Name: "Unsafe" }, Arguments: { Length: 1 } arguments } when arguments[0].Parameter is { RefKind: not RefKind.None }:
                // a readonly field that is written all the same
                return PlaceOf(arguments[0].Value);
            case { Kind: OperationKind.None, Syntax: PrefixUnaryExpressionSyntax } when operation.ChildOperations.Count == 1:
                return Pointee(_evaluator.Eval(operation.ChildOperations.First()), operation.Type, 0);
            default:
                return null;
        }
    }

    /// <summary>What a pointer points to, when that can be followed: a variable whose address was taken, or a pointer or struct behind an unknown pointer.</summary>
    /// <param name="pointer">The pointer.</param>
    /// <param name="type">The type of what it points to.</param>
    /// <param name="index">How many elements further on; null when that is not known.</param>
    public Place? Pointee(Value pointer, ITypeSymbol? type, long? index) => (pointer, index) switch
    {
        (_, null) => null,
        (Address address, 0) => address.Place,
        (NotHeap { Table: { } table }, { } at) when HoldsPointers(type) && Contents.Step(at) is { } step => _frame.Universe.Member(_frame.Universe.Object(table), step, type),
        (Sym symbol, { } at) when HoldsPointers(type) && Contents.Step(at) is { } step => _frame.Universe.Member(_frame.Universe.Object(symbol), step, type),
        (Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter } handed, 0) when IsScalar(type) && Contents.Step(0) is { } step => _frame.Universe.Member(_frame.Universe.Object(handed), step, type),
        (Pointer block, { } at) when HoldsPointers(type) => _frame.Contents.Behind(block, type, at),
        _ => null,
    };

    /// <summary>Pointers and structs: what of the memory behind a pointer is followed.</summary>
    public static bool HoldsPointers(ITypeSymbol? type) =>
        type is IPointerTypeSymbol or { IsValueType: true, SpecialType: SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr, TypeKind: TypeKind.Struct };

    /// <summary>Numbers and flags that a function gives back through a pointer that it was handed: <c>*size = n</c>. Bytes and characters are texts, and not followed.</summary>
    public static bool IsScalar(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 };

    /// <summary>The reference that a temporary stands for; null when it stands for a value.</summary>
    public IOperation? CapturedBy(IFlowCaptureReferenceOperation capture) => _unit.ReferenceOf(capture.Id);

    /// <summary>The address of what an expression refers to.</summary>
    public Value AddressOf(IOperation reference)
    {
        if (reference is IMethodReferenceOperation)
        {
            return _evaluator.Eval(reference);
        }

        if (reference.Kind == OperationKind.None && reference.ChildOperations.Count > 0)
        {
            // &p[i], &*p
            var children = reference.ChildOperations.ToArray();
            var pointer = _evaluator.Dereference(children[0], reference, "dereferenced");
            var index = children.Length > 1 ? _evaluator.Eval(children[1]) : new Const(0L);
            return pointer is Pointer to
                ? index is Const { Value: 0L } ? to : to with { Offset = index is Const { Value: > 0L } ? Offset.Inside : Offset.Somewhere, Distance = null }
                : pointer is NotHeap memory ? WithoutTable(memory, index, reference) : Within(pointer, _evaluator.AddressOfElement(reference));
        }

        if (reference is IFieldReferenceOperation { Instance: { Kind: OperationKind.None } indirection } field)
        {
            // &p->x lies in the block
            var inner = AddressOf(indirection);
            var isFirst = field.Field.ContainingType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(candidate => !candidate.IsStatic) is { } first && SymbolEqualityComparer.Default.Equals(first, field.Field);
            return inner is not Pointer block ? Within(inner, _evaluator.AddressOfElement(field))
                : isFirst || IsLaidOutByHand(field.Field.ContainingType) ? block with { Offset = Offset.Somewhere, Distance = null }
                : block with { Offset = block.Offset == Offset.Start ? Offset.Inside : block.Offset, Distance = null };
        }

        if (reference is IArrayElementReferenceOperation element)
        {
            var array = _evaluator.Eval(element.ArrayReference);
            if (array is Pointer rented)
            {
                return rented with { IsView = true };
            }

            if (array is Sym table && ElementPlace(element, array) is null)
            {
                // what is done to the element behind its reference cannot be seen
                _frame.Tables.Forget(table, reference);
            }
        }

        return PlaceOf(reference) is { } place ? new Address(place) : _evaluator.AddressOfElement(reference);
    }

    /// <summary>The address lies in what the pointer leads to, and dies with that.</summary>
    private Value Within(Value outer, Value address)
    {
        if (address is Sym inside && outer is Sym { Kind: not SymKind.NewObject } whole && inside != whole)
        {
            _frame.Inside[inside] = _frame.Inside.TryGetValue(inside, out var before) && before != whole ? null : whole;
        }

        return address;
    }

    /// <summary>The attribute may put another field first: <c>[StructLayout(LayoutKind.Explicit)]</c>, or <c>Auto</c>.</summary>
    private static bool IsLaidOutByHand(INamedTypeSymbol type) => type.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name == "StructLayoutAttribute" && !(attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is 0));

    private Value WithoutTable(NotHeap memory, Value index, IOperation at)
    {
        if (memory.Table is not null && !index.Equals(new Const(0L)))
        {
            _frame.Tables.Forget(memory.Table, at);
        }

        return memory with { Table = null };
    }

    /// <summary>A reference to what lies behind a pointer: <c>ref p[i]</c>, <c>ref *p</c>, <c>ref p->x</c>.</summary>
    public Value ViewOf(IOperation reference)
    {
        if (reference is IFieldReferenceOperation { Instance: { } structure })
        {
            reference = structure;
        }

        Value? pointer = null;
        foreach (var child in reference.ChildOperations)
        {
            var value = _evaluator.Eval(child);
            pointer ??= value;
        }

        return pointer switch
        {
            Pointer to => to with { Offset = Offset.Somewhere, Distance = null, IsView = true },
            Sym { IsInput: true } given => new Pointer(_frame.Universe.External(given), Offset.Somewhere, null, IsView: true),
            _ => _frame.Universe.Result(reference),
        };
    }

    /// <summary>The field behind an automatic property that cannot be overridden; null for another property.</summary>
    public static IFieldSymbol? BackingField(IPropertySymbol property)
    {
        if (property.IsVirtual || property.IsOverride || property.IsAbstract || property.Parameters.Length > 0 || property.DeclaringSyntaxReferences.IsEmpty)
        {
            return null;
        }

        foreach (var member in property.ContainingType.GetMembers("<" + property.Name + ">k__BackingField"))
        {
            if (member is IFieldSymbol { IsImplicitlyDeclared: true } field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            {
                return HasBody(property) ? null : field;
            }
        }

        return null;
    }

    /// <summary>What a property of an interface gives of an object whose type is known: the field behind the property that implements it.</summary>
    public Place? FieldBehind(IPropertySymbol declared, Sym known) =>
        known.Type is INamedTypeSymbol { TypeKind: TypeKind.Class } type && type.FindImplementationForInterfaceMember(declared) is IPropertySymbol property && BackingField(property) is { } field
            ? _frame.Universe.Member(_frame.Universe.Object(known), KeyOf(field), field.Type)
            : null;

    /// <summary>An accessor does more than to read or write the field: <c>set { Free(field); field = value; }</c>.</summary>
    private static bool HasBody(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } && accessors.Any(static accessor => accessor.Body is not null || accessor.ExpressionBody is not null);

    /// <summary>What a field is known by: tuple elements by their position, others by their definition, so that constructed types agree.</summary>
    public static object KeyOf(IFieldSymbol field) =>
        field.ContainingType is { IsTupleType: true } ? (field.CorrespondingTupleField ?? field).Name
            : field is { IsStatic: false, ContainingType.TypeKind: TypeKind.Struct } && OffsetOf(field) is { } offset ? "@" + offset
            : field.OriginalDefinition;

    /// <summary>Fields of an explicit layout that lie at one offset are one.</summary>
    private static object? OffsetOf(IFieldSymbol field)
    {
        foreach (var attribute in field.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "FieldOffsetAttribute" && attribute.ConstructorArguments.Length == 1)
            {
                return attribute.ConstructorArguments[0].Value;
            }
        }

        return null;
    }

    /// <summary>The member of what <paramref name="instance"/> refers to.</summary>
    public Place? MemberPlace(IOperation? instance, IFieldSymbol field, bool isStatic)
    {
        if (isStatic || instance is null)
        {
            return isStatic ? _frame.Universe.Variable(PlaceKind.Static, field.OriginalDefinition, field.Type) : null;
        }

        if (instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
        {
            return This(instance.Type) is not { } self ? null
                : self.Type is { IsValueType: true } ? _frame.Universe.Member(self, KeyOf(field), field.Type)
                : _frame.Universe.Member(_frame.Universe.Object(_frame.Universe.Input(self)), KeyOf(field), field.Type);
        }

        if (instance.Kind == OperationKind.None && instance.ChildOperations.Count > 0)
        {
            // p->x, (*p).x, p[i].x
            var pointer = _evaluator.Dereference(instance.ChildOperations.First(), instance, "dereferenced");
            var pointee = Pointee(pointer, instance.Type, IndexOf(instance));
            if (pointee is null)
            {
                LookInside(pointer, null, instance);
            }

            return pointee is null ? null : _frame.Universe.Member(pointee, KeyOf(field), field.Type);
        }

        if (instance.Type is { IsValueType: true })
        {
            return PlaceOf(instance) is { } outer ? _frame.Universe.Member(outer, KeyOf(field), field.Type) : null;
        }

        var value = _evaluator.Eval(instance);
        return value is Sym symbol ? _frame.Universe.Member(_frame.Universe.Object(symbol), KeyOf(field), field.Type) : null;
    }

    /// <summary>
    /// The index in <c>p[i]</c>, a constant or a variable whose value is known; 0 for <c>*p</c> and <c>p->x</c>; null when nobody
    /// knows it. Of the elements that a loop comes to, the first one is known.
    /// </summary>
    public long? IndexOf(IOperation indirection)
    {
        if (indirection.ChildOperations.Count == 1)
        {
            return 0;
        }

        var index = indirection.ChildOperations.ElementAt(1);
        return index.ConstantValue.HasValue || index is ILocalReferenceOperation or IConversionOperation { Operand: ILocalReferenceOperation }
            ? Conditions.Resolve(_evaluator.Eval(index), _frame.State) is Const { Value: long known } && !(known > 0 && _evaluator.InLoop && !index.ConstantValue.HasValue) ? known : null
            : null;
    }

    /// <summary>What a place holds; in the memory of a block, of what nobody has written, the same unknown each time.</summary>
    public Value ReadBehind(Place place, IOperation at)
    {
        var value = _frame.Read(place);
        if (value is not UnknownValue || Contents.BlockOf(place) is null || Frame.CanHaveMembers(place))
        {
            return value;
        }

        value = _evaluator.Fresh(at);
        if (Frame.CanCarry(place.Type))
        {
            _frame.State = _frame.State.WithValue(place, value);
        }

        return value;
    }

    /// <summary>A part of a block that is not followed is read, or written (when <paramref name="type"/> is null): whatever can be a pointer may be one that is.</summary>
    public void LookInside(Value pointer, ITypeSymbol? type, IOperation at)
    {
        if (pointer is Pointer { Block: { Site: not null } block } && (type is null || Frame.CanCarry(type)))
        {
            _frame.Contents.GiveUp(block, at);
        }
        else if (pointer is NotHeap { Table: { } table })
        {
            _frame.Tables.Forget(table, at);
        }
    }

    /// <summary>The object on which the body runs, and its place when it is a value; nothing in static code.</summary>
    public (Value? Value, Place? Place) Self() =>
        This(null) is not { } self ? (null, null) : self.Type is { IsValueType: true } ? (_frame.Read(self), self) : (_frame.Universe.Input(self), null);

    private Place? This(ITypeSymbol? type) => (type ?? _unit.ThisType) is { } known ? _frame.Universe.This(known) : null;

    private Place? FieldPlace(IFieldReferenceOperation operation) => MemberPlace(operation.Instance, operation.Field, operation.Field.IsStatic);

    /// <summary>The place of an element whose index is known, of those that a loop comes to the first one; null when it has none that can be followed.</summary>
    public Place? ElementPlace(IArrayElementReferenceOperation operation, Value array)
    {
        if (array is not Sym symbol || operation.Indices.Length != 1)
        {
            return null;
        }

        return Conditions.Resolve(_evaluator.Eval(operation.Indices[0]), _frame.State) is Const { Value: long index } && index is >= 0 and < 16 && !(index > 0 && _evaluator.InLoop && !operation.Indices[0].ConstantValue.HasValue)
            ? _frame.Universe.Member(_frame.Universe.Object(symbol), index, operation.Type)
            : null;
    }

    /// <summary>Whether a temporary is written through, so that the reference behind it is meant and not the value.</summary>
    private static bool IsTarget(IFlowCaptureReferenceOperation capture) => capture.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == capture,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        // 'pair with { Right = block }' is about another one
        IFieldReferenceOperation { Instance.Type.IsValueType: true } => capture.Syntax is not WithExpressionSyntax && capture.Syntax.Parent is not WithExpressionSyntax,
        IInvocationOperation invocation => invocation.Instance == capture && capture.Type is { IsValueType: true },
        ITupleOperation tuple => IsTarget(tuple),
        _ => false,
    };

    /// <summary><c>(a, b) = condition ? ... : ...</c>: the variables are captured before the condition is asked.</summary>
    private static bool IsTarget(ITupleOperation tuple)
    {
        IOperation target = tuple;
        while (target.Parent is ITupleOperation or IConversionOperation)
        {
            target = target.Parent;
        }

        return target.Parent is IDeconstructionAssignmentOperation deconstruction && deconstruction.Target == target;
    }
}
