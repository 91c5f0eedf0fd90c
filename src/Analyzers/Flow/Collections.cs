using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow;

/// <summary>
/// Simple collections with one element, be it in there several times: what is put in can be taken out again, also by a callee. Another element, a loop
/// over the elements or a key that is no constant ends it: from then on nothing is known of what the collection holds.
/// </summary>
internal sealed class Collections
{
    private static readonly object Item = "item";
    private readonly Frame _frame;
    private readonly Calls _calls;

    public Collections(Frame frame, Calls calls)
    {
        _frame = frame;
        _calls = calls;
    }

    /// <summary>The empty collection that <c>new List&lt;T&gt;()</c> and its like make; null when it is something else.</summary>
    public Value? TryCreate(IObjectCreationOperation creation) =>
        IsCollection(creation.Type) && creation.Arguments.All(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Int32) ? _calls.Fresh(creation) : null;

    /// <summary>The result of a method of a collection; null when the call is another.</summary>
    public Value? TryApply(Call call)
    {
        if (call.Receiver is not Sym collection || !IsCollection(call.Method.ContainingType))
        {
            return null;
        }

        switch (call.Method.Name)
        {
            case "Add" or "AddLast" or "AddFirst" or "Push" or "Enqueue" or "set_Item" or "TryAdd" or "Append" or "Insert":
                Put(collection, call.Arguments.LastOrDefault()?.Value ?? Value.Unknown, call.Operation);
                return _calls.FreshResult(call.Operation);
            case "Pop" or "Dequeue" or "Peek":
                return Take(collection, call.Operation);
            case "get_Item" when call.Arguments.Length == 1 && call.Arguments[0].Value is Const:
                return Take(collection, call.Operation);
            case "Clear" or "get_Count" or "Contains" or "ContainsKey":
                return call.Method.Name == "Clear" ? GiveUp(collection, call.Operation) : _calls.FreshResult(call.Operation);
            default:
                foreach (var argument in call.Arguments)
                {
                    if (argument is { IsWritable: true, Place: { } place })
                    {
                        // TryGetValue(key, out var value)
                        _frame.Forget(place, call.Operation);
                    }
                    else if (call.Method.Name is not ("Remove" or "IndexOf" or "Contains" or "ContainsValue"))
                    {
                        // AddRange, GetOrAdd, AddOrUpdate
                        _calls.HandOver(argument.Value, call.Operation);
                    }
                }

                return GiveUp(collection, call.Operation);
        }
    }

    /// <summary>The first or last element, or an indexed one; null when the property is another.</summary>
    public Value? TryRead(IPropertyReferenceOperation reference, Value? receiver, System.Collections.Immutable.ImmutableArray<Argument> arguments)
    {
        if (receiver is not Sym symbol)
        {
            return null;
        }

        if (reference.Property.ContainingType.Name == "LinkedListNode" && reference.Property.Name == "Value" && symbol is { Kind: SymKind.Read, Origin: ReadOrigin { Of: Sym list, Member: "node" } })
        {
            return Take(list, reference);
        }

        if (!IsCollection(reference.Property.ContainingType))
        {
            return null;
        }

        return reference.Property switch
        {
            { Name: "First" or "Last" } => _frame.Universe.Read(symbol, "node", reference.Type),
            { IsIndexer: true } when arguments.Length == 1 && arguments[0].Value is Const => Take(symbol, reference),
            { IsIndexer: true } => GiveUp(symbol, reference),
            _ => null,
        };
    }

    /// <summary>An indexed write; false when the property is no indexer of a collection.</summary>
    public bool TryWrite(IPropertyReferenceOperation reference, Value? receiver, Value value, IOperation at)
    {
        if (receiver is not Sym symbol || !reference.Property.IsIndexer || !IsCollection(reference.Property.ContainingType))
        {
            return false;
        }

        Put(symbol, value, at);
        return true;
    }

    private void Put(Sym collection, Value value, IOperation at)
    {
        if (collection.Kind != SymKind.NewObject || ItemOf(collection) is not { } item || _calls.InLoop)
        {
            _calls.HandOver(value, at);
            if (collection.Kind != SymKind.NewObject)
            {
                _frame.Publish(value, at);
            }

            return;
        }

        if (_frame.State.Values.TryGetValue(item, out var before))
        {
            if (before.Equals(value) && value is Pointer)
            {
                // the same once more: whichever is taken out, it is this one
                return;
            }

            _frame.Escape(before, at);
            _calls.HandOver(value, at);
            _frame.State = _frame.State.WithValue(item, Value.Unknown);
            return;
        }

        _frame.State = _frame.State.WithValue(item, value);
    }

    private Value Take(Sym collection, IOperation at)
    {
        if (ItemOf(collection) is not { } item)
        {
            return _calls.FreshResult(at);
        }

        if (_calls.InLoop)
        {
            return GiveUp(collection, at);
        }

        if (_frame.State.Values.TryGetValue(item, out var value))
        {
            return value is UnknownValue ? _calls.FreshResult(at) : value;
        }

        // one of the elements that the caller put in; another read may give another one
        return collection.Kind == SymKind.NewObject ? _calls.FreshResult(at) : _frame.Universe.Read(_frame.Universe.Input(item), at, at.Type);
    }

    private Value GiveUp(Sym collection, IOperation at)
    {
        if (ItemOf(collection) is { } item && _frame.State.Values.TryGetValue(item, out var value))
        {
            _frame.Escape(value, at);
        }

        _frame.Escape(collection, at);
        return _calls.FreshResult(at);
    }

    private Place? ItemOf(Sym collection) => _frame.Universe.Member(_frame.Universe.Object(collection), Item, ItemType(collection.Type));

    private static ITypeSymbol? ItemType(ITypeSymbol? type) => (type as INamedTypeSymbol)?.TypeArguments.LastOrDefault();

    private static bool IsCollection(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments, Name: "List" or "LinkedList" or "Stack" or "Queue" or "Dictionary" or "HashSet" or "SortedDictionary" or "ConcurrentQueue" or "ConcurrentStack" or "ConcurrentBag" or "ConcurrentDictionary" } &&
        type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal) == true && Frame.CanCarry(arguments[arguments.Length - 1]);
}
