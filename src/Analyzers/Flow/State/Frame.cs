using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// The state of the path at hand, and what can be done with places: read, write, find out who holds what. Not thread-safe;
/// one per analysed body.
/// </summary>
internal sealed partial class Frame
{
    private readonly KnownMembers _known;

    public Frame(Universe universe, FindingLog log, KnownMembers known)
    {
        _known = known;
        Universe = universe;
        Log = log;
        Contents = new Contents(this);
        Tables = new Tables(this);
        Yields = new Yields();
        FieldTables = new FieldTables(this);
        Givings = new Givings(this);
        Rounds = new Rounds(this);
    }

    private List<(Block Block, Place Place, IOperation At)>? _together;

    public Universe Universe { get; }

    /// <summary>What lies in the memory of the blocks.</summary>
    public Contents Contents { get; }

    /// <summary>Arrays and collections of blocks.</summary>
    public Tables Tables { get; }

    /// <summary>What the body, an iterator, gives its consumer.</summary>
    public Yields Yields { get; }

    /// <summary>Collections and arrays in fields of the receiver.</summary>
    public FieldTables FieldTables { get; }

    /// <summary>What goes into queues of others.</summary>
    public Givings Givings { get; }

    /// <summary>Addresses that lie in what an unknown pointer leads to; null where they may lie in several.</summary>
    public Dictionary<Sym, Sym?> Inside { get; } = new();

    /// <summary>Arrays and memory of which an element has been written that nobody knows: they are not empty any more.</summary>
    public HashSet<Place> Filled { get; } = new();

    /// <summary>What loops leave of the round before.</summary>
    public Rounds Rounds { get; }

    /// <summary>Tasks that were compared with the first of several.</summary>
    public Races Races { get; } = new();

    public FindingLog Log { get; }

    /// <summary>The state of the path at hand.</summary>
    public FlowState State { get; set; } = FlowState.Start;

    /// <summary>Whether the path at hand has come to an end: a call that never returns.</summary>
    public bool IsDead { get; set; }

    /// <summary>The path at hand goes no further.</summary>
    public void EndPath() => IsDead = true;

    /// <summary>What <paramref name="place"/> holds.</summary>
    public Value Read(Place place)
    {
        if (CanHaveMembers(place) && MembersOf(place) is { } members)
        {
            // of a struct that the body was handed, what it has not written is as it was
            var whole = State.Values.TryGetValue(place, out var direct) ? direct : place.IsInput ? ReadWhole(place) : null;
            return whole is null or UnknownValue ? new Aggregate(members) : new Aggregate(members.SetItem(Aggregate.Rest, whole)).Flat();
        }

        return ReadWhole(place);
    }

    /// <summary>Gives <paramref name="place"/> a value, and says so when it was the last to hold a block.</summary>
    public void Write(Place place, Value value, IOperation at)
    {
        var lost = OwnedBlocksIn(place);
        if (value is Aggregate { Boxed: not null } && place.Base.Kind is not (PlaceKind.Local or PlaceKind.Temporary or PlaceKind.Result))
        {
            // the object that others reach owns it, whatever the struct's own members call it
            Escape(value, at);
            value = Value.Unknown;
        }

        if (value is Pointer { IsView: false, Block: { FirstHolder: null } held } && place.Base.Kind is PlaceKind.Local or PlaceKind.Parameter)
        {
            held.FirstHolder = place;
        }

        State = WriteInto(State, place, value);
        if (!place.EndsWithBody)
        {
            Tables.Leave(value, at, isLent: place.Base.Kind is PlaceKind.Result or PlaceKind.Parameter);
        }

        if (place.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } owner } && HasEscaped(owner))
        {
            Escape(value, at);
        }

        if (place is { IsInput: false, Base: { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.Join } } } && CanBeInside(place))
        {
            // an address that moves on in a loop, from one node into the next, is another place in each round
            Escape(value, at);
        }
        else if (place is { IsInput: false, Base: { Kind: PlaceKind.Object, Root: Sym { Kind: not SymKind.NewObject } } })
        {
            // an object of which nobody knows where it lies: the caller cannot be told by a place
            EscapeInputs(value, at);
            EscapeInputsWithin(value, at);
        }

        if (lost is null)
        {
            return;
        }

        foreach (var block in lost)
        {
            if (_together is not null)
            {
                _together.Add((block, place, at));
            }
            else
            {
                CheckLost(block, place, at);
            }
        }
    }

    /// <summary>Several writes that happen at once: what is lost is judged after the last, when the result is disposed of. Those within others belong to these.</summary>
    public IDisposable WriteTogether()
    {
        var isOuter = _together is null;
        _together ??= new List<(Block, Place, IOperation)>();
        return isOuter ? new Together(this) : NoMore.Instance;
    }

    /// <summary>Forgets what <paramref name="place"/> and its members hold: something unknown may have written to it.</summary>
    /// <param name="place">The place.</param>
    /// <param name="at">What may have written.</param>
    /// <param name="keepsBlocks">Blocks of the body that members hold stay there, and what says of which kind they are: native code reads them.</param>
    public void Forget(Place place, IOperation at, bool keepsBlocks = false)
    {
        foreach (var pair in State.Values)
        {
            if (pair.Key.IsWithin(place) && !(keepsBlocks && pair.Key != place && pair.Value is Pointer { IsView: false, Block.Site: not null } or Const { IsNullOrZero: false }))
            {
                if (pair.Value is not Pointer { IsView: true })
                {
                    Escape(pair.Value, at);
                }

                var unknown = Universe.Result(at, pair.Key, pair.Key.Type);
                Rounds.Refresh(unknown);
                State = State.WithValue(pair.Key, unknown);
            }
        }

        if (!State.Values.ContainsKey(place))
        {
            var unknown = Universe.Result(at, place, place.Type);
            Rounds.Refresh(unknown);
            State = State.WithValue(place, unknown);
        }
    }

    /// <summary>The member of a value: a field of a struct or of the object that a reference points to.</summary>
    public Place? MemberOf(Place? place, Value value, object member, ITypeSymbol? type)
    {
        if (value is Address address)
        {
            return Universe.Member(address.Place, member, type);
        }

        if (place is not null && place.Type is { IsReferenceType: false })
        {
            return Universe.Member(place, member, type);
        }

        return value is Sym symbol ? Universe.Member(Universe.Object(symbol), member, type) : place is null || place.Type?.IsReferenceType == true ? null : Universe.Member(place, member, type);
    }

    /// <summary>The value of a field that nobody has written: zero, false or null.</summary>
    public static Value DefaultOf(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Boolean => Value.False,
        >= SpecialType.System_Char and <= SpecialType.System_UInt64 => new Const(0L),
        _ => Value.Null,
    };

    /// <summary>What is written to is what a pointer points to, and no member of an object.</summary>
    private static bool CanBeInside(Place place) => place is { Kind: PlaceKind.Member, Root: "*", Parent.Kind: PlaceKind.Object };

    private void CheckLost(Block block, Place place, IOperation at)
    {
        if (State[block] is { Ownership: Ownership.Owned } state && !IsHeld(block))
        {
            Log.Add(new Finding(FindingKind.LostByOverwrite, block, at, state, State.Path) { Name = place.DisplayName });
            State = State.WithBlock(block, state with { Ownership = Ownership.Transferred });
            Contents.GiveUp(block, at);
        }
    }

    private sealed class NoMore : IDisposable
    {
        public static readonly NoMore Instance = new();

        public void Dispose()
        {
        }
    }

    private sealed class Together(Frame frame) : IDisposable
    {
        public void Dispose()
        {
            var lost = frame._together!;
            frame._together = null;
            foreach (var (block, place, at) in lost)
            {
                frame.CheckLost(block, place, at);
            }
        }
    }

    private Value ReadWhole(Place place)
    {
        if (State.Values.TryGetValue(place, out var own))
        {
            return own;
        }

        // The nearest enclosing place with a value settles what its members are.
        for (var outer = place.Parent; outer is not null; outer = outer.Parent)
        {
            if (State.Values.TryGetValue(outer, out var value))
            {
                return MemberWithin(value, outer, place);
            }
        }

        var start = place.Base;
        if (place.Nesting > Sym.MaxNesting)
        {
            return Value.Unknown;
        }

        if (place.IsInput)
        {
            return Universe.Input(place);
        }

        return Filled.Contains(start) ? Value.Unknown
            : start is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } } && InitialValue(place) is { } initial ? initial
            : start is { Kind: PlaceKind.Object, Root: Sym } ? Universe.Input(place)
            : start.Kind == PlaceKind.Local ? DefaultOf(place.Type)
            : Value.Unknown;
    }

    /// <summary>What <paramref name="place"/> holds when the place around it holds <paramref name="value"/>.</summary>
    private Value MemberWithin(Value value, Place outer, Place place)
    {
        if (place.Parent == outer)
        {
            return MemberOf(value, place);
        }

        var path = new Stack<Place>();
        for (var at = place; at != outer; at = at.Parent!)
        {
            path.Push(at);
        }

        foreach (var step in path)
        {
            value = MemberOf(value, step);
        }

        return value;
    }

    private Value MemberOf(Value value, Place member) => value switch
    {
        Const { IsNullOrZero: true } => member.Base.Kind == PlaceKind.Content && !CanCarry(member.Type) ? Value.Unknown : DefaultOf(member.Type),
        Sym or Expression => Universe.Read(value, member.Root, member.Type),
        Aggregate aggregate => aggregate.Members.TryGetValue(member.Root, out var held) ? held : aggregate.Members.TryGetValue(Aggregate.Rest, out var rest) && rest is not Aggregate ? MemberOf(rest, member) : Value.Unknown,
        _ => Value.Unknown,
    };

    /// <summary>Whether a value of the type can be a block or lead to one; numbers, strings and delegates cannot.</summary>
    public static bool CanCarry(ITypeSymbol? type) =>
        type is not null && type.TypeKind is not (TypeKind.Enum or TypeKind.Delegate) &&
        type.SpecialType is SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_IDisposable or SpecialType.System_Object;

    /// <summary>What a member of a new object holds that nobody has written: what stands behind its declaration; null when that is more than a literal.</summary>
    private static Value? InitialValue(Place place) =>
        place.Field is not { DeclaringSyntaxReferences: { IsEmpty: false } references } || references[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial } ? DefaultOf(place.Type)
        : initial is LiteralExpressionSyntax { Token.Value: var constant } ? constant switch { int number => new Const((long)number), bool truth => Value.Of(truth), null when initial.IsKind(SyntaxKind.NullLiteralExpression) => Value.Null, _ => null }
        : null;

    private ImmutableDictionary<object, Value>? MembersOf(Place place)
    {
        ImmutableDictionary<object, Value>.Builder? members = null;
        foreach (var pair in State.Values)
        {
            // what lies deeper is a member's member: 'whole.Inner.Pointer'
            if (pair.Key.MemberOf(place) is { } member && members?.ContainsKey(member.Root) != true)
            {
                (members ??= ImmutableDictionary.CreateBuilder<object, Value>(MemberComparer.Instance)).Add(member.Root, Read(member));
            }
        }

        return members?.ToImmutable();
    }

    private FlowState WriteInto(FlowState state, Place place, Value value)
    {
        var values = state.Values;
        if (value is not Aggregate { Boxed: null } && !CanHaveMembers(place))
        {
            return state.WithValue(place, value);
        }

        foreach (var pair in values)
        {
            if (pair.Key != place && pair.Key.Parent is not null && pair.Key.IsWithin(place))
            {
                values = values.Remove(pair.Key);
            }
        }

        if (value is not Aggregate)
        {
            return state.With(values.SetItem(place, value), state.Blocks);
        }

        var pending = new Stack<(Place, Value)>();
        pending.Push((place, value));
        while (pending.Count > 0)
        {
            var (target, given) = pending.Pop();
            if (given is not Aggregate aggregate)
            {
                values = values.SetItem(target, given);
                continue;
            }

            values = values.Remove(target);
            foreach (var member in aggregate.Members)
            {
                if (ReferenceEquals(member.Key, Aggregate.Rest))
                {
                    pending.Push((target, member.Value));
                }
                else if (Universe.Member(target, member.Key, (member.Key as IFieldSymbol)?.Type) is { } inner)
                {
                    pending.Push((inner, member.Value));
                }
            }
        }

        return state.With(values, state.Blocks);
    }

    /// <summary>Whether a place can have members of its own: structs and tuples, and what has no type.</summary>
    public static bool CanHaveMembers(Place place) =>
        place.Type is not { } type || place.Root is string { Length: > 0 } union && union[0] == '@' || (type.IsValueType && type.TypeKind == TypeKind.Struct && type.SpecialType == SpecialType.None) ||
        type.TypeKind == TypeKind.TypeParameter;
}
