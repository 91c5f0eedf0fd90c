using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Elements;

/// <content>What is put in: at a position, by a key, or somewhere.</content>
internal sealed partial class Collections
{
    private void Put(Sym collection, Value value, IOperation at)
    {
        _frame.Tables.NotePut(collection, value);
        if (value is Borrower task && collection.Kind == SymKind.NewObject && Place(collection, Tasks) is { } tasks)
        {
            // tasks that are gathered go on using what they use, and take nothing over; what they give is for who takes them out again
            _calls.HandOver(task.Result, at);
            var others = _frame.State.Values.TryGetValue(tasks, out var before) && before is Borrower known ? known.Blocks : ImmutableArray<Block>.Empty;
            _frame.State = _frame.State.WithValue(tasks, new Borrower(Value.Unknown, others.Union(task.Blocks).OrderBy(block => block.Id).ToImmutableArray()));
            return;
        }

        if (CountOf(collection) is { } count && count < MaxElements && (!_calls.InLoop || (count == 0 && (value is Pointer { IsView: false } or Sym { Kind: SymKind.NewObject } or Aggregate))) && ElementAt(collection, (long)count) is { } place)
        {
            Keep(collection, place, value, at);
            SetCount(collection, count + 1);
            return;
        }

        PutSomewhere(collection, value, at);
    }

    /// <summary>Whether the block stands for those that the body has put into a collection of its caller.</summary>
    public static bool IsAdded(Block block, FlowState state) => state.Values.Any(pair => pair.Key.Root is AddedItem && pair.Value is Pointer pointer && pointer.Block == block);

    /// <summary>A call has put a block into the collection, and perhaps more of them.</summary>
    public void PutByCall(Sym collection, Value value, IOperation at)
    {
        if (value is not Pointer { IsView: false, Block: { Site: not null } block })
        {
            _calls.HandOver(value, at);
            LoseCount(collection);
        }
        else if (CountOf(collection) == 0 && ElementAt(collection, 0L) is { } place)
        {
            block.IsInTable = true;
            Keep(collection, place, value, at);
            SetSome(collection, at);
        }
        else
        {
            PutSomewhere(collection, value, at);
        }
    }

    private void Insert(Sym collection, Value index, Value value, IOperation at)
    {
        if (CountOf(collection) is { } count && !(count == 0 || index.Equals(new Const((long)count))))
        {
            if (index is not Const { Value: long and >= 0 and var first } || first > count || count >= MaxElements || _calls.InLoop)
            {
                LoseCount(collection);
            }
            else
            {
                for (var i = (long)count; i > first; i--)
                {
                    _frame.State = _frame.State.WithValue(ElementAt(collection, i)!, _frame.State.Values.TryGetValue(ElementAt(collection, i - 1)!, out var moved) ? moved : Value.Unknown);
                }

                SetCount(collection, count + 1);
                _frame.Tables.NotePut(collection, value);
                Keep(collection, ElementAt(collection, first)!, value, at);
                return;
            }
        }

        Put(collection, value, at);
    }

    /// <summary>The key of a table is a block itself, or its address: who goes through the keys may release it.</summary>
    private void LeaveKey(Value key, IOperation at)
    {
        if (key is Pointer { IsView: false })
        {
            _calls.HandOver(key, at);
        }
    }

    private void PutAt(Sym collection, Value? key, Value value, IOperation at)
    {
        if (CountOf(collection) is not { } count || key is not Const { Value: { } constant } || KeyOf(collection.Type, constant) is not { } step || ElementAt(collection, step) is not { } place)
        {
            if (CountOf(collection) == 0 && IsKeyed(collection.Type))
            {
                // whatever the key: it is the only one
                Put(collection, value, at);
                return;
            }

            _frame.Tables.NotePut(collection, value);
            PutSomewhere(collection, value, at);
            return;
        }

        _frame.Tables.NotePut(collection, value);
        if (_frame.State.Values.ContainsKey(place))
        {
            _frame.Tables.Leave(value, at);
            NoteIn(collection, value);
            _frame.Write(place, value, at);
        }
        else if (count < MaxElements && !_calls.InLoop)
        {
            Keep(collection, place, value, at);
            SetCount(collection, count + 1);
        }
        else
        {
            PutSomewhere(collection, value, at);
        }
    }

    private void Keep(Sym collection, Place place, Value value, IOperation at)
    {
        _frame.Tables.Leave(value, at);
        NoteIn(collection, value);
        if (value is Closure)
        {
            _calls.HandOver(value, at);
        }

        _frame.State = _frame.State.WithValue(place, value);
    }

    /// <summary>Nobody keeps count any more.</summary>
    private void PutSomewhere(Sym collection, Value value, IOperation at)
    {
        if (LateElements.IsMistake(collection, value, _frame, at))
        {
            _calls.Use(value, at, "put into a collection");
        }

        if (collection.Kind != SymKind.NewObject)
        {
            _frame.FieldTables.Fill(collection, value, at);
            var given = Givings.IsQueue(collection.Type) ? _frame.Givings.In(value, collection) : null;
            _calls.HandOver(value, at);
            _frame.Publish(value, at);
            if (given is not null)
            {
                _frame.Givings.Note(given, at);
            }

            if (collection.Place is { Kind: PlaceKind.Parameter } && value is Pointer { IsView: false, Block: { Site: not null } added } && ElementAt(collection, AddedItem) is { } place && !_frame.State.Values.ContainsKey(place))
            {
                // one stands for all that the caller finds in it afterwards
                added.IsInTable = true;
                _frame.State = _frame.State.WithValue(place, value);
            }

            return;
        }

        SetSome(collection, at);
        if (value is Pointer { IsView: false, Block: { Site: not null } block })
        {
            // it stays in the collection, and goes where somebody takes it out
            block.IsInTable = true;
            NoteIn(collection, value);
            _frame.Escape(value, at);
        }
        else if (value is Sym { Kind: SymKind.NewObject } or Aggregate && _frame.BlocksIn(value) is { IsEmpty: false } within && within.All(static one => one.Site is not null))
        {
            foreach (var one in within)
            {
                one.IsInTable = true;
            }

            NoteIn(collection, value);
            _frame.Escape(value, at);
        }
        else
        {
            _calls.HandOver(value, at);
        }
    }

    private void NoteIn(Sym collection, Value value)
    {
        if (collection.Kind != SymKind.NewObject)
        {
            return;
        }

        _frame.Tables.NoteInner(collection, value);
        foreach (var block in _frame.BlocksIn(value))
        {
            if (block.Site is not null)
            {
                _frame.Tables.Note(collection, block, value is not Pointer { IsView: true });
            }
        }
    }
}
