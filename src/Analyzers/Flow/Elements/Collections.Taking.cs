using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Elements;

/// <content>What is taken out, and what is given up as a whole.</content>
internal sealed partial class Collections
{
    private Value Take(Sym collection, Value? key, IOperation at)
    {
        if (collection.Kind != SymKind.NewObject)
        {
            return OfCaller(collection, key, at);
        }

        if (CountOf(collection) is not null)
        {
            if (ElementOf(_frame.State, _frame.Universe.Object(collection), key ?? Value.Unknown) is { } value && (key is Const || !_calls.InLoop || value is not Pointer))
            {
                return value;
            }
        }

        return Some(collection, at, at.Type);
    }

    /// <summary>One of the elements that the caller put in; without a key, another read may give another one.</summary>
    private Value OfCaller(Sym collection, Value? key, IOperation at)
    {
        _frame.Tables.HasItems = true;
        if (collection.Kind == SymKind.Input && (key is Const || !_calls.InLoop) && _frame.Universe.Member(_frame.Universe.Object(collection), AnyItem, ItemType(collection.Type)) is { } item)
        {
            return _frame.Universe.Read(_frame.Universe.Input(item), key is Const ? key : at, at.Type);
        }

        return Some(collection, at, at.Type);
    }

    private Value TakeEnd(Sym collection, bool isFirst, bool removes, IOperation at, ITypeSymbol? type)
    {
        if (collection.Kind != SymKind.NewObject)
        {
            return OfCaller(collection, null, at);
        }

        if (CountOf(collection) is not (> 0 and var count) || ElementAt(collection, isFirst ? 0L : count - 1L) is not { } end || !_frame.State.Values.TryGetValue(end, out var value))
        {
            if (removes)
            {
                LoseCount(collection);
                return Removed(collection, at) ?? Some(collection, at, type);
            }

            return Some(collection, at, type);
        }

        if (removes)
        {
            RemoveEnd(collection, isFirst, count);
        }

        return value is UnknownValue ? Some(collection, at, type) : value;
    }

    private void RemoveEnd(Sym collection, bool isFirst, int count)
    {
        for (var i = isFirst ? 0 : count - 1; i < count; i++)
        {
            var place = ElementAt(collection, (long)i)!;
            _frame.State = i + 1 < count && _frame.State.Values.TryGetValue(ElementAt(collection, i + 1L)!, out var next)
                ? _frame.State.WithValue(place, next)
                : _frame.State.With(_frame.State.Values.Remove(place), _frame.State.Blocks);
        }

        SetCount(collection, count - 1);
    }

    private Value TryTakeEnd(Sym collection, Place target, bool removes, IOperation at)
    {
        if (CountOf(collection) is { } count)
        {
            _frame.Write(target, count == 0 ? Frame.DefaultOf(target.Type) : TakeEnd(collection, IsQueue(collection.Type), removes, at, target.Type), at);
            return Value.Of(count > 0);
        }

        if (removes && IsEmptied(collection))
        {
            return TryRemoved(collection, target, at);
        }

        _frame.Write(target, Some(collection, at, target.Type), at);
        return _calls.FreshResult(at);
    }

    /// <summary>Who has taken the element out has it for himself, and nobody else will find it there; when there was none, nobody has anything.</summary>
    private Value TryRemoved(Sym collection, Place target, IOperation at)
    {
        var isThere = _choices.Choose(2) == 0;
        _frame.Write(target, isThere ? Removed(collection, at) ?? Some(collection, at, target.Type) : Frame.DefaultOf(target.Type), at);
        return Value.Of(isThere);
    }

    /// <summary>A loop empties a collection of the body in which there are nothing but blocks of one kind, all put there by the body.</summary>
    private bool IsEmptied(Sym collection) => KindIn(collection) is not null;

    /// <summary>What lies in a collection of the body that a loop goes through, when all of it is of one kind.</summary>
    private Block? KindIn(Sym collection) => _calls.InLoop && collection.Kind == SymKind.NewObject ? _frame.Tables.SoleKind(collection) : null;

    /// <summary>The element that a loop takes out of such a collection; null when it is another one.</summary>
    private Value? Removed(Sym collection, IOperation at)
    {
        if (at.Parent is IExpressionStatementOperation || KindIn(collection) is not { Family: { } family } kind)
        {
            return null;
        }

        // what goes out and what stays is somebody else's matter from here on
        _frame.Tables.Empty(collection, at);
        return _calls.Allocate(at, kind, family);
    }

    private Value TryTakeAt(Sym collection, Value key, Place target, bool removes, IOperation at)
    {
        if (CountOf(collection) is { } count)
        {
            if (count == 0)
            {
                _frame.Write(target, Frame.DefaultOf(target.Type), at);
                return Value.False;
            }

            if (key is Const { Value: { } constant } && KeyOf(collection.Type, constant) is { } step && ElementAt(collection, step) is { } place && _frame.State.Values.TryGetValue(place, out var value) && value is not UnknownValue)
            {
                if (removes)
                {
                    _frame.State = _frame.State.With(_frame.State.Values.Remove(place), _frame.State.Blocks);
                    SetCount(collection, count - 1);
                }

                _frame.Write(target, value, at);
                return Value.True;
            }
        }

        if (removes)
        {
            LoseCount(collection);
            if (IsEmptied(collection))
            {
                return TryRemoved(collection, target, at);
            }
        }

        _frame.Write(target, Some(collection, at, target.Type), at);
        return _calls.FreshResult(at);
    }

    private void Clear(Sym collection, IOperation at)
    {
        if (collection.Kind != SymKind.NewObject)
        {
            LoseCount(collection);
            _frame.Tables.Forget(collection, at, TableUse.Dropped);
            return;
        }

        foreach (var pair in _frame.State.Values)
        {
            if (pair.Key.Parent is { Kind: PlaceKind.Object, Root: Sym owner } && owner == collection && IsElement(pair.Key))
            {
                if (pair.Value is not Pointer { IsView: false, Block.Site: not null })
                {
                    _frame.Escape(pair.Value, at);
                }

                _frame.State = _frame.State.With(_frame.State.Values.Remove(pair.Key), _frame.State.Blocks);
            }
        }

        SetCount(collection, 0);
    }

    private Value GiveUp(Sym collection, IOperation at)
    {
        LoseCount(collection);
        _frame.Tables.Forget(collection, at);
        return _calls.FreshResult(at);
    }
}
