using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Puts what a summary says of a body's inputs into the terms of one call.</summary>
internal sealed class Translation
{
    private readonly Frame _frame;
    private readonly References _references;
    private readonly Call _call;
    private readonly FlowState _before;
    private Dictionary<Block, Value>? _blocks;
    private Dictionary<Sym, Sym>? _elements;

    public Translation(Frame frame, References references, Call call)
    {
        _frame = frame;
        _references = references;
        _call = call;
        _before = frame.State;
    }

    /// <summary>The call lies in a loop, and this is what it gives in this round.</summary>
    public bool RunsAgain { get; init; }

    /// <summary>A block that the body allocates is this one at the call.</summary>
    public void Adopt(Block block, Value value) => (_blocks ??= new Dictionary<Block, Value>())[block] = value;

    /// <summary>The state at the call in which the outcome is possible; null when it is not.</summary>
    public FlowState? Assume(Outcome outcome)
    {
        var state = _before;
        foreach (var guard in outcome.Guards)
        {
            var subject = Of(guard.Key);
            if (subject is UnknownValue || Assume(subject, guard.Value, state) is not { } next)
            {
                if (subject is UnknownValue)
                {
                    continue;
                }

                return null;
            }

            // what 'depth - 1' has to be says of the depth what a function that calls itself says in every round anew
            state = Sums.Split(subject).Distance == 0 ? next : state;
        }

        return state;
    }

    /// <summary>The value at the call.</summary>
    public Value Of(Value value)
    {
        switch (value)
        {
            case Const or UnknownValue or NotHeap:
                return value;
            case Sym { Kind: SymKind.Input, Place: { } place }:
                return Input(place);
            case Sym { Kind: SymKind.Read, Origin: ReadOrigin { Of: Sym { Kind: SymKind.Input, Place: { Root: Collections.AnyItem, Parent: { } items } }, Member: var key } } element when key is IOperation or Const:
                // an element of a collection that the caller filled
                return PlaceOf(items) is not { Kind: PlaceKind.Object, Root: Sym collection } found ? _frame.Universe.Result(_call.Operation, element, element.Type)
                    : Collections.ElementOf(_before, found, key) ?? ElementOf(collection, element.Type);
            case Sym { Kind: SymKind.Read, Origin: ReadOrigin { Member: IPropertySymbol { IsAbstract: true } declared } asked } when Of(asked.Of) is Sym { Kind: SymKind.NewObject } known && _references.FieldBehind(declared, known) is { } backing:
                return ReadBefore(backing);
            case Sym { Kind: SymKind.Read, Origin: ReadOrigin read } symbol:
                return Of(read.Of) is var of && read.Member is IPropertySymbol { Name: "Length" } && LengthOf(of) is { } length ? length : of is Sym or Const or Expression ? _frame.Universe.Read(of, read.Member is Value index ? Of(index) : read.Member, symbol.Type) : Value.Unknown;
            case Sym { Kind: SymKind.NewObject } symbol:
                return _frame.Universe.NewObject(_call.Operation, symbol, symbol.Type);
            case Sym symbol:
                return _frame.Universe.Result(_call.Operation, symbol, symbol.Type);
            case Pointer pointer:
                return OfPointer(pointer);
            case Expression expression:
                var left = Of(expression.Left);
                var right = Of(expression.Right);
                return Conditions.Make(expression.Operator, left, right, expression.Detail);
            case Aggregate aggregate:
                return new Aggregate(aggregate.Members.ToImmutableDictionary(member => member.Key, member => Of(member.Value), MemberComparer.Instance)) { Boxed = aggregate.Boxed }.Flat();
            case Borrower borrower:
                var blocks = borrower.Blocks.Select(block => OfPointer(new Pointer(block))).OfType<Pointer>().Select(found => found.Block).ToImmutableArray();
                return new Borrower(Of(borrower.Result), blocks) { OnlyUses = borrower.OnlyUses, StartedAt = borrower.StartedAt is null ? null : _call.Operation };
            case Address address:
                return PlaceOf(address.Place) is { } target ? new Address(target) : Value.Unknown;
            default:
                return Value.Unknown;
        }
    }

    /// <summary>An element of the caller's collection: where the call runs again and again, another one each time.</summary>
    private Sym ElementOf(Sym collection, ITypeSymbol? type)
    {
        if (!RunsAgain)
        {
            return _frame.Tables.Element(_call.Operation, collection, type, isCursor: false, inLoop: false);
        }

        if (_elements is null || !_elements.TryGetValue(collection, out var element))
        {
            element = _frame.Tables.Element(_call.Operation, collection, type, isCursor: false, inLoop: true);
            (_elements ??= new Dictionary<Sym, Sym>())[collection] = element;
        }

        return element;
    }

    /// <summary>How many elements an array has that was made at the call's side; null when that is not known.</summary>
    private Value? LengthOf(Value array) =>
        array is Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol } made && _frame.Universe.Member(_frame.Universe.Object(made), "length", null) is { } place && _before.Values.TryGetValue(place, out var length) && length is not UnknownValue ? length : null;

    /// <summary>The unknowns of the call that stand for unknowns of the body in <paramref name="value"/>.</summary>
    public static void CollectMade(Value value, IOperation call, Universe universe, List<Sym> made)
    {
        switch (value)
        {
            case Sym { Kind: SymKind.NewObject } symbol:
                Add(universe.NewObject(call, symbol, symbol.Type));
                break;
            case Sym { Kind: SymKind.Result or SymKind.Join } symbol:
                Add(universe.Result(call, symbol, symbol.Type));
                break;
            case Pointer { Block: { External: null } block }:
                Add(universe.Result(call, block));
                break;
            case Aggregate aggregate:
                foreach (var member in aggregate.Members.Values)
                {
                    CollectMade(member, call, universe, made);
                }

                break;
            case Borrower borrower:
                CollectMade(borrower.Result, call, universe, made);
                break;
        }

        void Add(Sym symbol)
        {
            if (!made.Contains(symbol))
            {
                made.Add(symbol);
            }
        }
    }

    /// <summary>The place at the call; null when it has none.</summary>
    public Place? PlaceOf(Place place)
    {
        switch (place.Kind)
        {
            case PlaceKind.Parameter:
                var argument = ArgumentOf(place);
                return argument?.Place ?? (argument?.Value as Address)?.Place;
            case PlaceKind.Captured:
                return _references.Variable((ISymbol)place.Root);
            case PlaceKind.Static:
                return _frame.Universe.Variable(PlaceKind.Static, (ISymbol)place.Root, place.Type);
            case PlaceKind.This:
                return _call.ReceiverPlace ?? (_call.Instance is null && _call.Receiver is null ? null : _call.Receiver is Address address ? address.Place : null);
            case PlaceKind.Object:
                return Of((Sym)place.Root) is Sym symbol ? _frame.Universe.Object(symbol) : null;
            case PlaceKind.Content:
                return _blocks is not null && _blocks.TryGetValue((Block)place.Root, out var given) && given is Pointer { Block: { Site: not null } made } ? _frame.Universe.Content(made) : null;
            case PlaceKind.Member when place.Root is "*" or long && place.Parent!.Kind == PlaceKind.Object && Of((Sym)place.Parent.Root) is var to and (Address or Pointer):
                return to is not Address pointee ? _frame.Contents.Behind((Pointer)to, place.Type, place.Root as long? ?? 0) : place.Root is "*" ? pointee.Place : null;
            case PlaceKind.Member:
                return PlaceOf(place.Parent!) is { } parent ? _frame.Universe.Member(parent, place.Root, place.Type) : null;
            default:
                return null;
        }
    }

    private static FlowState? Assume(Value subject, Fact fact, FlowState state)
    {
        FlowState? next = state;
        if (fact.Only is { } only)
        {
            return only is bool truth ? Conditions.Assume(subject, truth, state) : Conditions.Assume(Conditions.Make(Operator.Equal, subject, new Const(only)), true, state);
        }

        foreach (var constant in fact.NoneOf)
        {
            if (next is not null && constant is not bool)
            {
                next = Conditions.Assume(Conditions.Make(Operator.Equal, subject, new Const(constant)), false, next);
            }
        }

        if (next is not null && fact.Minimum is { } low)
        {
            next = Conditions.Assume(Conditions.Make(Operator.Less, subject, new Const(low)), false, next);
        }

        if (next is not null && fact.Maximum is { } high)
        {
            next = Conditions.Assume(Conditions.Make(Operator.LessOrEqual, subject, new Const(high)), true, next);
        }

        return next is null || (fact.OneOf is { } some && !CanBeOneOf(subject, some, next)) ? null : next;
    }

    private static bool CanBeOneOf(Value subject, ImmutableArray<object> constants, FlowState state)
    {
        foreach (var constant in constants)
        {
            if (Conditions.Truth(Conditions.Make(Operator.Equal, subject, new Const(constant)), state) != false)
            {
                return true;
            }
        }

        return false;
    }

    private Value Input(Place place)
    {
        if (place.Kind == PlaceKind.This)
        {
            return _call.Receiver ?? (_call.ReceiverPlace is { } self ? ReadBefore(self) : Value.Unknown);
        }

        if (place.Kind == PlaceKind.Parameter)
        {
            return ArgumentOf(place) is { } argument ? argument.Value : Value.Unknown;
        }

        if (PlaceOf(place) is { } mapped)
        {
            return ReadBefore(mapped);
        }

        // a member of something that is passed by value
        return place.Parent is { } parent ? Input(parent) switch
        {
            Aggregate aggregate => aggregate.Members.TryGetValue(place.Root, out var member) ? member : aggregate.Members.TryGetValue(Aggregate.Rest, out var rest) && rest is Const { IsNullOrZero: true } ? Frame.DefaultOf(place.Type) : Value.Unknown,
            Sym symbol when place.Parent.Type is { IsReferenceType: false } => _frame.Universe.Read(symbol, place.Root, place.Type),
            Const { IsNullOrZero: true } => Frame.DefaultOf(place.Type),
            _ => Value.Unknown,
        } : Value.Unknown;
    }

    private Value ReadBefore(Place place)
    {
        var now = _frame.State;
        _frame.State = _before;
        var value = _frame.Read(place);
        _frame.State = now;
        return value;
    }

    private Value OfPointer(Pointer pointer)
    {
        if (_blocks is not null && _blocks.TryGetValue(pointer.Block, out var adopted))
        {
            return adopted is Pointer known ? pointer with { Block = known.Block } : adopted;
        }

        if (pointer.Block.External is not { } external)
        {
            return Value.Unknown;
        }

        return Of(external) switch
        {
            Pointer outer when pointer is { Offset: Offset.Start, IsView: false } => outer,
            Pointer outer => outer with
            {
                Offset = pointer.Offset is Offset.Inside or Offset.Ahead && outer.Offset == Offset.Start ? pointer.Offset : pointer.Offset == Offset.Start ? outer.Offset : Offset.Somewhere,
                Distance = null,
                IsView = outer.IsView || pointer.IsView,
            },
            Sym symbol => pointer with { Block = _frame.Universe.External(symbol) },
            var other => other,
        };
    }

    private Argument? ArgumentOf(Place parameter)
    {
        var symbol = (IParameterSymbol)parameter.Root;
        if (BodyUnit.IsReceiver(symbol))
        {
            return _call.Instance is { } instance ? new Argument(symbol, instance, _call.Receiver ?? Value.Unknown, _call.ReceiverPlace) : null;
        }

        foreach (var argument in _call.Arguments)
        {
            if (argument.Parameter?.Ordinal == symbol.Ordinal)
            {
                return argument;
            }
        }

        return null;
    }
}
