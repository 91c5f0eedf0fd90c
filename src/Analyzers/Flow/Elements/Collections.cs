using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>
/// Collections of the library. As long as it is known how many elements a collection has, each of them is known, be it by its
/// position or by its key; so is what one round of a loop puts into it. From then on what is taken out is some element
/// (<see cref="Tables"/>).
/// </summary>
internal sealed partial class Collections
{
    /// <summary>Any one element of a collection that the caller filled.</summary>
    public const string AnyItem = "item";

    /// <summary>One of the elements that a body puts into a collection of its caller.</summary>
    public const string AddedItem = "added";
    private const string Count = "count";
    private const string Tasks = "tasks";
    private const int MaxElements = 8;
    private readonly Frame _frame;
    private readonly Calls _calls;
    private readonly Choices _choices;

    public Collections(Frame frame, Calls calls, Choices choices)
    {
        _choices = choices;
        _frame = frame;
        _calls = calls;
    }

    /// <summary>The empty collection that <c>new List&lt;T&gt;()</c> and its like make; null when it is something else.</summary>
    public Value? TryCreate(IObjectCreationOperation creation)
    {
        if (!IsCollection(creation.Type) || !creation.Arguments.All(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Int32))
        {
            return null;
        }

        var made = _calls.Fresh(creation);
        SetCount(made, 0);
        return made;
    }

    /// <summary>The result of a method of a collection, or of an enumerator over one; null when the call is another.</summary>
    public Value? TryApply(Call call)
    {
        if (call is { Receiver: null, Method: { Name: "ForEach", ContainingType.SpecialType: SpecialType.System_Array }, Arguments: { Length: 2 } arguments } && arguments[0].Value is Sym array && arguments[1].Value is Closure each && _calls.CanCall(each))
        {
            ForEach(array, each, call);
            return _calls.FreshResult(call.Operation);
        }

        if (call is { Receiver: null, Method: { Name: "Clear", ContainingType.SpecialType: SpecialType.System_Array }, Arguments: { Length: > 0 } cleared } && cleared[0].Value is Sym forgotten && FieldTables.FieldOf(forgotten) is not null)
        {
            // the elements go, and the array stays
            _frame.FieldTables.Note(forgotten, TableUse.Dropped, call.Operation);
            return _calls.FreshResult(call.Operation);
        }

        if (call.Receiver is not Sym receiver)
        {
            return null;
        }

        if (Tables.CursorOver(receiver) is { } walked && call.Method.Name is "MoveNext" or "Reset" or "Dispose" or "GetEnumerator")
        {
            return call.Method.Name == "GetEnumerator" ? Cursor(call.Operation, walked, call.Method.ReturnType) : _calls.FreshResult(call.Operation);
        }

        if (call.Method is { Name: "GetEnumerator", Parameters.IsEmpty: true } && (receiver.Type as IArrayTypeSymbol ?? BodyAnalysis.StripConversions(call.Instance)?.Type) is IArrayTypeSymbol { ElementType: var elements } && Frame.CanCarry(elements))
        {
            return Cursor(call.Operation, receiver, call.Method.ReturnType);
        }

        return IsCollection(call.Method.ContainingType, receiver) ? Apply(call, receiver) : null;
    }

    /// <summary>What <c>ForEach</c> of a list or array does: what it is handed, with each of the elements.</summary>
    private void ForEach(Sym table, Closure each, Call call)
    {
        if (_frame.Tables.KnownElementsOf(table) is { Count: > 0 } known)
        {
            foreach (var element in known)
            {
                Visit(element);
            }

            return;
        }

        _frame.Tables.HasItems |= table.Kind != SymKind.NewObject;
        Visit(_frame.Tables.Every(call.Operation, table, (call.Instance ?? call.Arguments[0].Operation).Syntax is IdentifierNameSyntax { Identifier.ValueText: var variable } ? variable : "", table.Type is IArrayTypeSymbol array ? array.ElementType : ItemType(table.Type)));

        void Visit(Value element) =>
            _calls.Call(each, new Call(call.Operation, each.Target, null, each.Receiver, null, each.Target.Parameters.Take(1).Select(parameter => new Argument(parameter, call.Arguments[call.Arguments.Length - 1].Operation, element, null)).ToImmutableArray()));
    }

    /// <summary>The value of a property of a collection, of an enumerator over one, or of an element; null when the property is another.</summary>
    public Value? TryRead(IPropertyReferenceOperation reference, Value? receiver, ImmutableArray<Argument> arguments)
    {
        if (receiver is not Sym symbol)
        {
            return null;
        }

        if (reference.Property.ContainingType.Name == "LinkedListNode" && reference.Property.Name == "Value" && symbol is { Kind: SymKind.Read, Origin: ReadOrigin { Of: Sym list, Member: "node" } })
        {
            return Take(list, null, reference);
        }

        if (Tables.CursorOver(symbol) is { } walked && reference.Property.Name == "Current")
        {
            // an array is gone through by its enumerator of objects
            return Some(walked, reference, walked.Type is IArrayTypeSymbol { Rank: 1, ElementType: var element } ? element : reference.Type);
        }

        if (!IsCollection(reference.Property.ContainingType, symbol))
        {
            return null;
        }

        return reference.Property switch
        {
            { Name: "First" or "Last" } => _frame.Universe.Read(symbol, "node", reference.Type),
            { Name: "Values" or "Keys" } => Cursor(reference, symbol, reference.Type),
            { Name: "Count" } when symbol.Kind == SymKind.NewObject && NumberOf(symbol) is { } number => number,
            { IsIndexer: true } when arguments.Length == 1 => Take(symbol, arguments[0].Value, reference),
            _ => null,
        };
    }

    /// <summary>The element of somebody else's collection that is counted from its end; null when it is none.</summary>
    public Value? ReadFromEnd(IOperation at, ITypeSymbol? declared, Value collection) =>
        collection is Sym { Kind: not SymKind.NewObject } given && IsCollection(declared, given) ? OfCaller(given, null, at) : null;

    /// <summary>An indexed write; false when the property is no indexer of a collection.</summary>
    public bool TryWrite(IPropertyReferenceOperation reference, Value? receiver, ImmutableArray<Argument> arguments, Value value, IOperation at)
    {
        if (receiver is not Sym symbol || !reference.Property.IsIndexer || !IsCollection(reference.Property.ContainingType, symbol))
        {
            return false;
        }

        _frame.FieldTables.Note(symbol, TableUse.Replaced, reference);
        if (arguments.Length == 1 && IsKeyed(symbol.Type))
        {
            LeaveKey(arguments[0].Value, at);
        }

        PutAt(symbol, arguments.Length == 1 ? arguments[0].Value : null, value, at);
        return true;
    }

    /// <summary>The element of a collection that a body is handed and reads by a key, or anyone when <paramref name="key"/> is none; null when it is not known.</summary>
    public static Value? ElementOf(FlowState state, Place collection, object? key)
    {
        if (key is Const { Value: { } constant } && KeyOf(collection.Type, constant) is { } step)
        {
            foreach (var pair in state.Values)
            {
                if (pair.Key.Parent == collection && pair.Key.Root.Equals(step))
                {
                    return pair.Value is UnknownValue ? null : pair.Value;
                }
            }
        }

        Value? only = null;
        foreach (var pair in state.Values)
        {
            if (pair.Key.Parent == collection && IsElement(pair.Key))
            {
                if (pair.Value is UnknownValue || (only is not null && !only.Equals(pair.Value)))
                {
                    return null;
                }

                only = pair.Value;
            }
        }

        return state.Values.Any(pair => pair.Key.Parent == collection && pair.Key.Root is Count && pair.Value is Const) ? only : null;
    }

    private Value Apply(Call call, Sym collection)
    {
        var at = call.Operation;
        var name = call.Method.Name;
        var arguments = call.Arguments;
        if (collection.Kind != SymKind.NewObject)
        {
            _frame.Givings.Forget();
            NoteUse(call, collection);
        }

        switch (name)
        {
            case "TryAdd" when collection.Kind != SymKind.NewObject && arguments.Length == 2 && (IsOfBody(arguments[1].Value) || IsOwningStruct(arguments[1].Value)) && Givings.IsAskedTry(call):
                // the key may be there already
                if (_choices.Choose(2) == 1)
                {
                    return Value.False;
                }

                PutAt(collection, arguments[0].Value, arguments[1].Value, at);
                return Value.True;
            case "TryAdd" when arguments.Length == 2 && at.Parent is IExpressionStatementOperation && IsOfBody(arguments[1].Value) && MayBeThere(arguments[0].Value, at):
                // nobody asks whether it went in
                if (_choices.Choose(2) == 1)
                {
                    _frame.State = _frame.State.WithStep(at, false, false);
                    return Value.False;
                }

                PutAt(collection, arguments[0].Value, arguments[1].Value, at);
                return Value.True;
            case "GetOrAdd" when arguments.Length == 2 && IsOfBody(arguments[1].Value) && MayBeThere(arguments[0].Value, at):
                GiveUp(collection, at);
                if (_choices.Choose(2) == 0)
                {
                    _calls.HandOver(arguments[1].Value, at);
                    return arguments[1].Value;
                }

                // another one is there, and the body still has its own
                var other = Some(collection, at, at.Type);
                _frame.State = (Conditions.Assume(Conditions.Make(Operator.Equal, other, arguments[1].Value), false, _frame.State) ?? _frame.State).WithStep(at, false, false);
                return other;
            case "set_Item" or "Add" or "TryAdd" when IsKeyed(collection.Type) && arguments.Length == 2:
                LeaveKey(arguments[0].Value, at);
                PutAt(collection, arguments[0].Value, arguments[1].Value, at);
                return _calls.FreshResult(at);
            case "Add" or "AddLast" or "Push" or "Enqueue" or "Append" or "TryAdd":
                Put(collection, arguments.LastOrDefault()?.Value ?? Value.Unknown, at);
                return _calls.FreshResult(at);
            case "AddFirst" or "Insert":
                Insert(collection, name == "Insert" ? arguments[0].Value : new Const(0L), arguments.LastOrDefault()?.Value ?? Value.Unknown, at);
                return _calls.FreshResult(at);
            case "Pop" or "Dequeue" or "Peek":
                return TakeEnd(collection, isFirst: IsQueue(collection.Type), removes: name != "Peek", at, call.Method.ReturnType);
            case "get_Item" when arguments.Length == 1:
                return Take(collection, arguments[0].Value, at);
            case "TryPop" or "TryDequeue" or "TryPeek" or "TryTake" when arguments.Length == 1 && arguments[0].Place is { } place:
                return TryTakeEnd(collection, place, name != "TryPeek", at);
            case "TryGetValue" or "Remove" or "TryRemove" when arguments.Length == 2 && arguments[1] is { Place: { } place, IsWritable: true }:
                return TryTakeAt(collection, arguments[0].Value, place, name != "TryGetValue", at);
            case "TryPop" or "TryDequeue" or "TryTake" when arguments.Length == 1 && arguments[0].Operation is IDiscardOperation:
            case "Remove" or "TryRemove" when arguments.Length == 2 && arguments[1].Operation is IDiscardOperation:
                LoseCount(collection);
                return _calls.FreshResult(at);
            case "Clear":
                Clear(collection, at);
                return _calls.FreshResult(at);
            case "RemoveAt" or "Remove" or "RemoveFirst" or "RemoveLast" or "RemoveRange" or "Sort" or "Reverse":
                LoseCount(collection);
                return _calls.FreshResult(at);
            case "RemoveAll" when collection.Kind != SymKind.NewObject && OnlyTests(arguments):
                return _calls.FreshResult(at);
            case "ForEach" when arguments.Length == 1 && arguments[0].Value is Closure each && _calls.CanCall(each):
                ForEach(collection, each, call);
                return _calls.FreshResult(at);
            case "Contains" or "ContainsKey" or "ContainsValue" or "IndexOf" or "LastIndexOf" or "TrimExcess" or "EnsureCapacity" or "get_Capacity" or "set_Capacity":
                return _calls.FreshResult(at);
            case "ToArray" when collection.Kind == SymKind.NewObject && Place(collection, Tasks) is { } tasks && _frame.State.Values.TryGetValue(tasks, out var running):
                return running;
            case "ToArray" when collection.Kind == SymKind.NewObject && arguments.IsEmpty && at is IInvocationOperation:
                return Copy(collection, at);
            case "GetEnumerator":
                return Cursor(at, collection, call.Method.ReturnType);
            default:
                foreach (var argument in arguments)
                {
                    if (argument is { IsWritable: true, Place: { } written })
                    {
                        _frame.Forget(written, at);
                    }
                    else
                    {
                        // AddRange, GetOrAdd, AddOrUpdate, ForEach
                        _calls.HandOver(argument.Value, at);
                    }
                }

                return GiveUp(collection, at);
        }
    }

    /// <summary>An array of what is in the collection.</summary>
    private Sym Copy(Sym collection, IOperation at)
    {
        var made = _calls.Fresh(at);
        var owner = _frame.Universe.Object(collection);
        foreach (var pair in _frame.State.Values)
        {
            if (pair.Key.Parent == owner && pair.Key.Root is long index && _frame.Universe.Member(_frame.Universe.Object(made), index, ItemType(collection.Type)) is { } place)
            {
                _frame.State = _frame.State.WithValue(place, pair.Value);
            }
        }

        _frame.Tables.Copy(collection, made);
        return made;
    }

    /// <summary>A block of the body, or a new object that has one.</summary>
    private bool IsOfBody(Value value) =>
        value is Pointer { IsView: false, Block.Site: not null } || (value is Sym { Kind: SymKind.NewObject } && _frame.BlocksIn(value).Any(block => block.Site is not null && _frame.State[block] is { Ownership: Ownership.Owned }));

    /// <summary>A struct that holds a block of the body.</summary>
    private bool IsOwningStruct(Value value) =>
        value is Aggregate { Boxed: null } && _frame.BlocksIn(value).Any(block => block.Site is not null && _frame.State[block] is { Ownership: Ownership.Owned });

    /// <summary>The key is the caller's, and the body has not looked whether there is such an entry.</summary>
    private static bool MayBeThere(Value key, IOperation at) =>
        key is Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter } &&
        at.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantTokens().Any(static token => token.ValueText is "ContainsKey" or "TryGetValue" or "GetValueOrDefault" or "Remove" or "TryRemove") == false;

    /// <summary>The condition is the caller's, which the type cannot expect to release anything, or a lambda that calls nothing.</summary>
    private static bool OnlyTests(ImmutableArray<Argument> arguments) =>
        arguments.Length == 1 && BodyAnalysis.StripConversions(arguments[0].Operation) is var condition && (condition is IParameterReferenceOperation ||
            condition?.Syntax is AnonymousFunctionExpressionSyntax lambda && !lambda.DescendantNodes().Any(static node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax));

    /// <summary>What a call does to a collection in a field of the receiver; what goes in is noted where it does.</summary>
    private void NoteUse(Call call, Sym collection)
    {
        if (FieldTables.FieldOf(collection) is null)
        {
            return;
        }

        var takes = call.Method.Name is "Pop" or "Dequeue" or "TryPop" or "TryDequeue" or "TryTake" || (call.Method.Name is "Remove" or "TryRemove" && call.Arguments.Length == 2);
        var isSeen = takes && (call.Arguments.IsEmpty ? call.Operation.Parent is not IExpressionStatementOperation : call.Arguments[call.Arguments.Length - 1].Operation is not IDiscardOperation);
        TableUse? use = takes ? isSeen ? TableUse.Taken : TableUse.Dropped : call.Method.Name switch
        {
            "RemoveAll" => OnlyTests(call.Arguments) ? TableUse.Dropped : TableUse.Asked,
            var name when MemberNames.Removals.Contains(name) => TableUse.Dropped,
            "AddLast" or "AddFirst" or "AddBefore" or "AddAfter" when call.Arguments.Any(static argument => argument.Parameter is { Name: "node" or "newNode" }) && call.Method.Parameters.Length == call.Arguments.Length && call.Method.ReturnsVoid => TableUse.Left,
            var name when MemberNames.Additions.Contains(name) => null,
            _ => TableUse.Asked,
        };
        if (use is { } known)
        {
            _frame.FieldTables.Note(collection, known, call.Operation);
        }

        if (call.Method.Name == "TryUpdate")
        {
            _frame.FieldTables.Note(collection, TableUse.Replaced, call.Operation);
        }
    }

    /// <summary>An element of which nobody knows which one it is.</summary>
    private Sym Some(Sym collection, IOperation at, ITypeSymbol? type) => _frame.Tables.Element(at, collection, type, isCursor: false, _calls.InLoop);

    private Sym Cursor(IOperation at, Sym collection, ITypeSymbol? type) => _frame.Tables.Element(at, collection, type, isCursor: true, inLoop: false);

    private int? CountOf(Sym collection) =>
        collection.Kind == SymKind.NewObject && Place(collection, Count) is { } place && _frame.State.Values.TryGetValue(place, out var value) && value is Const { Value: long count } ? (int)count : null;

    private void SetCount(Sym collection, int count)
    {
        if (collection.Kind == SymKind.NewObject && Place(collection, Count) is { } place)
        {
            _frame.State = _frame.State.WithValue(place, new Const((long)count));
        }
    }

    /// <summary>What is known of the number of elements; null when nothing is.</summary>
    private Value? NumberOf(Sym collection) =>
        Place(collection, Count) is { } place && _frame.State.Values.TryGetValue(place, out var number) && number is not UnknownValue ? number : null;

    /// <summary>There is one element at least.</summary>
    private void SetSome(Sym collection, IOperation at)
    {
        if (Place(collection, Count) is not { } place)
        {
            return;
        }

        var some = _frame.Universe.Result(at, Count);
        _frame.Rounds.Refresh(some);
        _frame.State = _frame.State.WithFact(some, Fact.IsNot(null) with { Minimum = 1 }).WithValue(place, some);
    }

    private void LoseCount(Sym collection)
    {
        if (collection.Kind == SymKind.NewObject && Place(collection, Count) is { } place)
        {
            _frame.State = _frame.State.WithValue(place, Value.Unknown);
        }
    }

    private Place? ElementAt(Sym collection, object step) => _frame.Universe.Member(_frame.Universe.Object(collection), step, ItemType(collection.Type));

    private Place? Place(Sym collection, string member) => _frame.Universe.Member(_frame.Universe.Object(collection), member, null);

    private static bool IsElement(Place place) => place.Root is not (Count or Tasks);

    /// <summary>What an element is kept under: its position, or the key of a dictionary.</summary>
    private static object? KeyOf(ITypeSymbol? type, object key) => IsKeyed(type) ? (key, "key") : key is long index and >= 0 and < MaxElements ? index : null;

    private static bool IsKeyed(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments.Length: 2 };

    private static bool IsQueue(ITypeSymbol? type) => type is { Name: "Queue" or "ConcurrentQueue" };

    private static ITypeSymbol? ItemType(ITypeSymbol? type) => (type as INamedTypeSymbol)?.TypeArguments.LastOrDefault();

    /// <summary>A member of a collection, on what is one itself: behind an interface may be a type of the source.</summary>
    private static bool IsCollection(ITypeSymbol? declaring, Sym receiver) => IsCollection(declaring) && (receiver.Type is null || IsCollection(receiver.Type));

    private static bool IsCollection(ITypeSymbol? type) =>
        type is INamedTypeSymbol
        {
            TypeArguments: { IsEmpty: false } arguments, Name: "List" or "LinkedList" or "Stack" or "Queue" or "Dictionary" or "HashSet" or "SortedDictionary" or "ConcurrentQueue" or "ConcurrentStack" or "ConcurrentBag" or "ConcurrentDictionary" or
            "IList" or "ICollection" or "IDictionary" or "IReadOnlyList" or "IReadOnlyDictionary"
        } &&
        type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal) == true && Frame.CanCarry(arguments[arguments.Length - 1]);
}
