using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Gives what an expression refers to a value: assignments of every kind, deconstruction, references, and what is pinned.</summary>
internal sealed class Assignments(Evaluator evaluator, Frame frame, Resources resources, Calls calls, References references, UnnamedOperations unnamed)
{
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
                calls.Properties.WriteProperty(property, value, at);
                return;
            case IFlowCaptureReferenceOperation capture when references.CapturedBy(capture) is IPropertyReferenceOperation or IArrayElementReferenceOperation:
                // 'items[key] = new Item { ... }': the element was found before the object was made
                Assign(references.CapturedBy(capture)!, value, at);
                return;
            case IFlowCaptureReferenceOperation capture when references.CapturedBy(capture) is { Kind: OperationKind.None or OperationKind.Invalid or OperationKind.DynamicMemberReference or OperationKind.DynamicIndexerAccess } captured && references.PlaceOf(captured) is null:
                // '*(T*)p.Bytes = new T { ... }': where that is cannot be told
                LetGo(value, at);
                return;
            case IArrayElementReferenceOperation element:
                var array = evaluator.Eval(element.ArrayReference);
                resources.Use(array, element, "written");
                if (!element.Indices.IsEmpty)
                {
                    // half-typed text may have none
                    NoteTable(array as Sym, value, element.Indices[0]);
                }

                if (array is Sym table && value is Pointer or Aggregate or Sym { Kind: SymKind.NewObject })
                {
                    frame.Tables.NoteInner(table, value);
                    frame.FieldTables.Fill(table, value, at);
                    frame.FieldTables.Note(table, TableUse.Replaced, element);
                }
                else if (array is Sym emptied && value is Const { IsNullOrZero: true })
                {
                    frame.FieldTables.Note(emptied, TableUse.Cleared, element);
                }

                if (references.ElementPlace(element, array) is { } elementPlace)
                {
                    Store(elementPlace, value, at);
                }
                else
                {
                    ForgetReleasedElements(array);
                    LetGo(value, at);
                }

                return;
            case ILocalReferenceOperation { Local.RefKind: not RefKind.None } reference when frame.Read(references.Variable(reference.Local)) is Pointer into:
                resources.Use(into, at, "written");
                return;
        }

        if (value is Pointer { Block.Site: not null } held && ElementAround(target) is { } outer && evaluator.Eval(outer.ArrayReference) is Sym { Kind: SymKind.NewObject or SymKind.Input })
        {
            // a[i].Pointer = ...: a loop that counts leaves one in each element
            held.Block.IsInTable |= calls.InLoop && !outer.Indices[0].ConstantValue.HasValue;
        }

        // *p++ moves p once
        var pointer = Value.Unknown;
        var targetPlace = target.Kind == OperationKind.None ? unnamed.EvalIndirection(target, isWritten: true, out pointer) : references.PlaceOf(target);
        if (target.Kind == OperationKind.None && target.ChildOperations.Count > 1)
        {
            NoteTable(Tables.BehindPointer(pointer), value, target.ChildOperations.ElementAt(1));
            if (pointer is Sym given && value is Pointer)
            {
                frame.FieldTables.Fill(given, value, at);
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
                calls.HandOver(value, at);
            }

            if (!frame.Contents.Keeps(place, value))
            {
                LetGo(value, at);
            }

            Store(place, value, at);
            return;
        }

        if (target is IFieldReferenceOperation { Instance: { } instance })
        {
            evaluator.Eval(instance);
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

        if (references.Pointee(table, type, index) is { } place && frame.Contents.Keeps(place, value))
        {
            Store(place, value, at);
            return;
        }

        LetGo(value, at);
    }

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

    /// <summary>An element gets a value, and nobody knows which one: where nothing or a released block has been, something else may be now.</summary>
    private void ForgetReleasedElements(Value table)
    {
        var elements = table switch
        {
            Sym symbol => frame.Universe.Object(symbol),
            NotHeap { Table: { } memory } => frame.Universe.Object(memory),
            Pointer { IsView: false, Block: { Site: not null } block } => frame.Universe.Content(block),
            _ => null,
        };
        if (elements is null)
        {
            return;
        }

        // new memory is empty until then
        frame.Filled.Add(elements);

        if (frame.State.Blocks.IsEmpty)
        {
            return;
        }

        foreach (var pair in frame.State.Values)
        {
            if (pair.Key.Parent == elements && pair.Value is Pointer { Block: var held } && frame.State[held] is { Ownership: Ownership.Released })
            {
                frame.State = frame.State.WithValue(pair.Key, Value.Unknown);
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
        foreach (var block in value is Pointer pointer ? pointer.Block.Alone : isOwn ? frame.BlocksIn(value) : ImmutableArray<Block>.Empty)
        {
            if (block.Site is not null)
            {
                block.IsInTable |= calls.InLoop && !index.ConstantValue.HasValue;
                if (isOwn)
                {
                    frame.Tables.Note(table!, block, value is Pointer { IsView: false } or Sym);
                }
            }
        }
    }

    private void LetGo(Value value, IOperation at)
    {
        if (value is not Pointer { Block.IsInTable: true } && !(value is Sym { Kind: SymKind.NewObject } && frame.BlocksIn(value) is { IsEmpty: false } within && within.All(static block => block.IsInTable)))
        {
            // an element of a table stays with the table: it goes where somebody takes it out
            resources.NoteDeparture(value, Destination.Elsewhere, null, at);
        }

        frame.Escape(value, at);
    }

    public Value Store(Place place, Value value, IOperation at)
    {
        if (value is not (Const or Expression or UnknownValue) && frame.BlocksIn(value) is { IsEmpty: false } && place.Base.Kind is PlaceKind.Static)
        {
            resources.NoteDeparture(value, Destination.StaticField, place, at);
        }

        frame.Write(place, value, at);
        return value;
    }

    public Value EvalAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef || (assignment.IsImplicit && assignment.Target is ILocalReferenceOperation { Local.RefKind: not RefKind.None }))
        {
            var value = EvalReference(assignment.Value);
            if (assignment.Target is ILocalReferenceOperation { Local: { RefKind: not RefKind.None } local })
            {
                frame.State = frame.State.WithValue(references.Variable(local), value);
            }

            return Value.Unknown;
        }

        var given = assignment.Target is ILocalReferenceOperation { Local: { IsFixed: true } pinned }
            ? EvalFixed(assignment.Value, pinned)
            : evaluator.Eval(assignment.Value);
        Assign(assignment.Target, given, assignment);
        return given;
    }

    /// <summary>What <c>ref</c> in front of an expression refers to: a place, memory of a block, or something unknown.</summary>
    public Value EvalReference(IOperation referent)
    {
        if (referent is IFlowCaptureReferenceOperation either && references.CapturedBy(either) is null)
        {
            // 'ref (first ? ref a : ref b)': the one that has what came here on this way
            var chosen = evaluator.Eval(either);
            var places = chosen is Pointer ? frame.State.Values.Where(pair => pair.Key.Kind is PlaceKind.Local or PlaceKind.Parameter && pair.Value.Equals(chosen)).Select(static pair => pair.Key).Take(2).ToList() : [];
            if (places.Count == 1)
            {
                return new Address(places[0]);
            }

            LetGo(chosen, referent);
            return Value.Unknown;
        }

        if (referent is not (IPropertyReferenceOperation or IInvocationOperation) && references.PlaceOf(referent) is { } place)
        {
            return new Address(place);
        }

        calls.WantsReference = true;
        var value = referent.Kind == OperationKind.None || referent is IArrayElementReferenceOperation ? references.AddressOf(referent) : evaluator.Eval(referent);
        calls.WantsReference = false;
        return value is Pointer ? value : Value.Unknown;
    }

    /// <summary>
    /// What <c>return ref</c> gives: a reference into memory that the body has allocated leads to it, and whoever gets it may release it.
    /// </summary>
    public Value EvalReturnedReference(IOperation referent)
    {
        var value = referent switch
        {
            ILocalReferenceOperation { Local.RefKind: not RefKind.None } local => frame.Read(references.Variable(local.Local)),
            IInvocationOperation => EvalReference(referent),
            { Kind: OperationKind.None } or IFieldReferenceOperation { Instance.Kind: OperationKind.None } => references.ViewOf(referent),
            _ => null,
        };
        if (value is not Pointer { Block.Site: not null } pointer)
        {
            return value is null || referent is ILocalReferenceOperation ? evaluator.Eval(referent) : value;
        }

        resources.Use(pointer, referent, "returned");
        resources.Transfer(pointer, Destination.Returned, referent);
        return Value.Unknown;
    }

    private Value EvalFixed(IOperation initializer, ILocalSymbol pinned)
    {
        var source = initializer is { Kind: OperationKind.None } && initializer.ChildOperations.Count == 1 ? initializer.ChildOperations.First() : initializer;
        var value = evaluator.Eval(source);
        if (value is Sym span && source.Type is { IsRefLikeType: true } view && Calls.IsViewType(view))
        {
            // a span may lie over native memory, which its pointer leads back to
            return span.IsInput ? new Pointer(frame.Universe.External(span), Offset.Somewhere, null, IsView: true) : Value.Unknown;
        }

        var inner = value is Pointer pointer ? pointer.Block : null;
        if (value is Sym { Type: IArrayTypeSymbol { ElementType: var elements } } array && Frame.CanCarry(elements))
        {
            // what becomes of the elements behind the pointer cannot be seen
            frame.Tables.Forget(array, initializer);
        }

        // fixed over a rented array points into the array: it is used with it, and released by nobody
        return inner is not null ? new Pointer(inner, Offset.Somewhere, null, IsView: true) : new NotHeap($"memory pinned by 'fixed' ('{pinned.Name}')") { Variable = (value as Address)?.Place };
    }

    public Value EvalCompound(ICompoundAssignmentOperation compound)
    {
        var left = evaluator.Eval(compound.Target);
        var right = evaluator.Eval(compound.Value);
        if (compound.Target.Type?.TypeKind == TypeKind.Delegate)
        {
            return EvalCombination(compound, left, right);
        }

        var result = compound.OperatorMethod is { } method && !Evaluator.IsPointerLike(compound.Target.Type)
            ? calls.Apply(compound, method, ImmutableArray.Create(left, right))
            : evaluator.Operators.Arithmetic(compound.OperatorKind, left, right, compound);
        Assign(compound.Target, result, compound);
        return result;
    }

    /// <summary>Delegates that are combined are called together, and nobody follows which: what they release is no longer the body's.</summary>
    private Value EvalCombination(ICompoundAssignmentOperation compound, Value left, Value right)
    {
        var result = right;
        if (!left.Equals(Value.Null) || compound.OperatorKind != BinaryOperatorKind.Add)
        {
            calls.HandOver(left, compound);
            calls.HandOver(right, compound);
            result = calls.FreshResult(compound);
        }

        Assign(compound.Target, result, compound);
        return result;
    }

    public Value EvalIncrement(IIncrementOrDecrementOperation increment)
    {
        var before = evaluator.Eval(increment.Target);
        var kind = increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        var after = evaluator.Operators.Arithmetic(kind, before, new Const(1L), increment);
        Assign(increment.Target, after, increment);
        return increment.IsPostfix ? before : after;
    }

    public Value EvalDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        var value = evaluator.Eval(deconstruction.Value);
        if (deconstruction.Value.Type is { IsTupleType: false } type)
        {
            value = Construction.PartsOf(value, type as INamedTypeSymbol, frame) is { } parts ? parts : HandOverParts(value, deconstruction);
        }

        Assign(deconstruction.Target, value, deconstruction);
        return value;
    }

    /// <summary>A <c>Deconstruct</c> method that is not followed may hand out anything.</summary>
    private Value HandOverParts(Value value, IOperation at)
    {
        resources.Transfer(value, Destination.Elsewhere, at);
        return Value.Unknown;
    }

    private void AssignTuple(ITupleOperation tuple, Value value, IOperation at)
    {
        // all at once: a swap loses nothing on the way
        using var together = frame.WriteTogether();
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            var element = value is Aggregate aggregate ? aggregate.Members.TryGetValue("Item" + (i + 1), out var member) ? member : Value.Unknown
                : value is Sym symbol ? frame.Universe.Read(symbol, "Item" + (i + 1), tuple.Elements[i].Type)
                : Value.Unknown;
            Assign(tuple.Elements[i], element, at);
        }
    }
}
