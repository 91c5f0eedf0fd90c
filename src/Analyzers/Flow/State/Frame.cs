using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// The state of the path at hand, and what can be done with places: read, write, find out who holds what. Not thread-safe;
/// one per analysed body.
/// </summary>
internal sealed class Frame
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
                Refresh(unknown);
                State = State.WithValue(pair.Key, unknown);
            }
        }

        if (!State.Values.ContainsKey(place))
        {
            var unknown = Universe.Result(at, place, place.Type);
            Refresh(unknown);
            State = State.WithValue(place, unknown);
        }
    }

    /// <summary>Whether a place that can still be reached holds the block.</summary>
    public bool IsHeld(Block block)
    {
        if (block.CountedBy is not null)
        {
            return true;
        }

        foreach (var pair in State.Values)
        {
            if (FlowState.Designates(pair.Value, block) || (pair.Value is Borrower borrower && borrower.Blocks.Contains(block)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value goes somewhere that cannot be followed: its blocks belong to somebody else from here on.</summary>
    public void Escape(Value value, IOperation? at)
    {
        for (Value? next = value; next is not null; next = (next as Closure)?.Receiver)
        {
            EscapeOne(next, at);
        }
    }

    /// <summary>An element of an array that a loop has filled is taken out somewhere, and not only used: whoever does that may do it with all of them.</summary>
    public void LeaveTable(Value value, IOperation? at)
    {
        if (value is Pointer { Block: { IsInTable: true, Site: not null } block } && !IsAssigned(at) && !TableUses.IsOnlyUsed(at, _known))
        {
            Log.Depart(block, Destination.Elsewhere, null, at);
        }
    }

    /// <summary>Whether what is mentioned, or a field of it, is given a value.</summary>
    private static bool IsAssigned(IOperation? mention)
    {
        while (mention?.Parent is IFieldReferenceOperation field)
        {
            mention = field;
        }

        return mention?.Parent is ISimpleAssignmentOperation assignment && assignment.Target == mention;
    }

    /// <summary>All blocks that <paramref name="value"/> designates or leads to.</summary>
    public ImmutableArray<Block> BlocksIn(Value value)
    {
        if (value is not (Pointer or Borrower or Aggregate or Sym) || (value is Sym && State.Blocks.IsEmpty))
        {
            return ImmutableArray<Block>.Empty;
        }

        if (value is Pointer pointer && !Universe.HasContents)
        {
            return pointer.Block.Alone;
        }

        if ((value is Sym symbol && !LeadsAnywhere(symbol)) || (value is Aggregate aggregate && !aggregate.Any(this, static (member, frame) => member is Pointer or Borrower or Aggregate || (member is Sym part && frame.LeadsAnywhere(part)))))
        {
            return ImmutableArray<Block>.Empty;
        }

        var found = new List<Block>();
        var seen = new List<Sym>();
        CollectBlocks(value, found, seen);
        for (var i = 0; i < found.Count && Universe.HasContents; i++)
        {
            foreach (var pair in State.Values)
            {
                if (Contents.BlockOf(pair.Key) == found[i])
                {
                    CollectBlocks(pair.Value, found, seen);
                }
            }
        }

        return found.Count == 0 ? ImmutableArray<Block>.Empty : found.ToImmutableArray();
    }

    /// <summary>Whether the object is a block itself, or anything is known to lie in it.</summary>
    private bool LeadsAnywhere(Sym symbol)
    {
        foreach (var pair in State.Blocks)
        {
            if (pair.Key.External == symbol)
            {
                return true;
            }
        }

        foreach (var pair in State.Values)
        {
            if (pair.Key.Base is { Kind: PlaceKind.Object } start && ReferenceEquals(start.Root, symbol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The blocks that <paramref name="value"/> designates, without what lies in their memory.</summary>
    public List<Block> BlocksHeldBy(Value value)
    {
        var found = new List<Block>();
        CollectBlocks(value, found, new List<Sym>());
        return found;
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

    private readonly List<(object From, object? To)> _retired = new();

    /// <summary>How often the blocks and objects of a round have been given another name so far.</summary>
    public int Retirements => _retired.Count;

    /// <summary>The block or object of the last round has another name from now on; there is none when <paramref name="to"/> is null.</summary>
    public void NoteRetired(object from, object? to) => _retired.Add((from, to));

    /// <summary>What a value that was read after so many retirements is called now.</summary>
    public Value AfterRetirements(Value value, int since)
    {
        for (var i = since; i < _retired.Count; i++)
        {
            value = (_retired[i], value) switch
            {
                ((Block from, var to), Pointer pointer) when pointer.Block == from => to is Block older ? pointer with { Block = older } : Value.Unknown,
                ((Block, Block to), Pointer pointer) when pointer.Block == to => Value.Unknown,
                ((Sym from, Sym to), _) => Renamed(value, from, to),
                _ => value,
            };
        }

        return value;
    }

    /// <summary>The value of a field that nobody has written: zero, false or null.</summary>
    public static Value DefaultOf(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Boolean => Value.False,
        >= SpecialType.System_Char and <= SpecialType.System_UInt64 => new Const(0L),
        _ => Value.Null,
    };

    /// <summary>Makes every mention of <paramref name="symbol"/> stale, because the operation that gives it runs again.</summary>
    public void Refresh(Sym symbol)
    {
        LeaveWithOwner(symbol);
        List<(Sym Older, Fact Fact)>? kept = null;
        if (symbol.Kind == SymKind.Result && !State.FactOf(symbol).IsNone)
        {
            ForgetOlder(symbol);
        }

        var state = State;
        var values = state.Values;
        foreach (var pair in values)
        {
            if (Mentions(pair.Value, symbol))
            {
                values = values.SetItem(pair.Key, OfLastRound(pair, symbol, ref kept));
            }
            else if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym root } && Mentions(root, symbol))
            {
                values = values.Remove(pair.Key);
            }
        }

        var blocks = state.Blocks;
        foreach (var pair in blocks)
        {
            if (pair.Key.External is { } external && Mentions(external, symbol))
            {
                blocks = blocks.Remove(pair.Key);
            }
        }

        if (!ReferenceEquals(values, state.Values) || !ReferenceEquals(blocks, state.Blocks))
        {
            state = state.With(values, blocks);
        }

        foreach (var pair in state.Facts)
        {
            if (Mentions(pair.Key, symbol))
            {
                state = state.WithFact(pair.Key, Fact.None);
            }
        }

        foreach (var (older, fact) in kept ?? [])
        {
            state = state.WithFact(older, fact);
        }

        State = state;
    }

    /// <summary>What a variable keeps of the round before: of its value it is known what was known of it.</summary>
    private Value OfLastRound(KeyValuePair<Place, Value> kept, Sym symbol, ref List<(Sym Older, Fact Fact)>? facts)
    {
        if (symbol.Kind != SymKind.Result || !IsPlain(kept.Key) || Sums.Split(kept.Value).Of is not Sym of || of != symbol || State.FactOf(kept.Value) is not { IsNone: false } fact)
        {
            return Value.Unknown;
        }

        var older = Universe.Join(symbol, kept.Key);
        (facts ??= new()).Add((older, fact));
        return older;
    }

    /// <summary>The names that variables had for what the operation gave before the last round.</summary>
    private void ForgetOlder(Sym symbol)
    {
        foreach (var pair in State.Values)
        {
            if (IsPlain(pair.Key) && Sums.Split(pair.Value).Of is Sym of && of == symbol)
            {
                Refresh(Universe.Join(symbol, pair.Key));
            }
        }
    }

    private static bool IsPlain(Place place) => place.Kind == PlaceKind.Local || (place.Kind == PlaceKind.Member && place.Base.Kind is PlaceKind.This or PlaceKind.Object);

    /// <summary>What an object of the round before holds stays with it, when something from outside still leads to the object.</summary>
    private void LeaveWithOwner(Sym symbol)
    {
        if (State.Blocks.IsEmpty)
        {
            return;
        }

        if (symbol.Kind != SymKind.NewObject)
        {
            LeaveWithOther(symbol);
            return;
        }

        foreach (var pair in State.Values)
        {
            if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym root } && root == symbol && pair.Value is Pointer { Block: var block } && State[block] is { Ownership: Ownership.Owned } state)
            {
                var isKept = symbol.Type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } holder && Finalizers.Has(holder);
                foreach (var other in State.Values)
                {
                    if (other.Value == (Value)symbol && other.Key.Parent is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } table } && table != symbol && other.Key.Root is long)
                    {
                        // the object stays in the table
                        block.IsInTable = true;
                        Tables.Note(table, block, isElement: true);
                        isKept = true;
                    }

                    isKept |= other.Key.IsInput && other.Value == (Value)symbol;
                }

                if (isKept)
                {
                    State = State.WithBlock(block, state with { Ownership = Ownership.Transferred });
                }
            }
        }
    }

    /// <summary>An object of others that the body has met, an element of a list for instance, keeps what the body has put into its fields.</summary>
    private void LeaveWithOther(Sym symbol)
    {
        foreach (var pair in State.Values)
        {
            if (pair.Value is Pointer { IsView: false, Block: { Site: not null } block } && pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym owner } && Mentions(owner, symbol) && State[block] is { Ownership: Ownership.Owned } state)
            {
                Log.Depart(block, Destination.OtherObject, pair.Key, null);
                State = State.WithBlock(block, state with { Ownership = Ownership.Transferred });
            }
        }
    }

    /// <summary>Whether a place holds the object.</summary>
    public bool IsReferred(Sym made)
    {
        foreach (var pair in State.Values)
        {
            if (pair.Value is Sym value && value == made)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives every mention of <paramref name="symbol"/> another name, because the operation that gives it runs again while its last result is still in use.</summary>
    public void Rename(Sym symbol, Sym older)
    {
        Refresh(older);
        LeaveWithOwner(symbol);
        NoteRetired(symbol, older);
        var state = State;
        var values = state.Values;
        foreach (var pair in values)
        {
            if (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym root } && Mentions(root, symbol))
            {
                values = values.Remove(pair.Key);
                if (root == symbol && symbol.Kind == SymKind.NewObject)
                {
                    values = values.SetItem(Universe.Rebase(pair.Key, Universe.Object(older)), Renamed(pair.Value, symbol, older));
                }
            }
            else if (!ReferenceEquals(Renamed(pair.Value, symbol, older), pair.Value))
            {
                values = values.SetItem(pair.Key, Renamed(pair.Value, symbol, older));
            }
        }

        var blocks = state.Blocks;
        if (blocks.TryGetValue(Universe.External(symbol), out var known))
        {
            blocks = blocks.Remove(Universe.External(symbol)).SetItem(Universe.External(older), known);
        }

        State = state.With(values, blocks);
        Refresh(symbol);
    }

    /// <summary><paramref name="value"/> after <see cref="Rename"/>.</summary>
    public Value Renamed(Value value, Sym symbol, Sym older) => value switch
    {
        Sym other when other == symbol => older,
        Pointer { Block.External: { } external } pointer when external == symbol => pointer with { Block = Universe.External(older) },
        Aggregate aggregate => RenamedIn(aggregate, symbol, older),
        _ when Mentions(value, symbol) => Value.Unknown,
        _ => value,
    };

    private Value RenamedIn(Aggregate aggregate, Sym symbol, Sym older)
    {
        var members = aggregate.Members;
        foreach (var member in aggregate.Members)
        {
            var renamed = Renamed(member.Value, symbol, older);
            if (!ReferenceEquals(renamed, member.Value))
            {
                members = members.SetItem(member.Key, renamed);
            }
        }

        return ReferenceEquals(members, aggregate.Members) ? aggregate : new Aggregate(members) { Boxed = aggregate.Boxed };
    }

    /// <summary>Whether <paramref name="value"/> is built from <paramref name="symbol"/>.</summary>
    public static bool Mentions(Value value, Sym symbol) => value switch
    {
        Sym other => other == symbol || (other.Origin is ReadOrigin read && Mentions(read.Of, symbol)) || (other.Object is { } owner && Mentions(owner, symbol)),
        Expression expression => Mentions(expression.Left, symbol) || Mentions(expression.Right, symbol),
        Aggregate aggregate => aggregate.Any(symbol, static (member, sought) => Mentions(member, sought)),
        Borrower borrower => Mentions(borrower.Result, symbol),
        _ => false,
    };

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

        return start is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } } && InitialValue(place) is { } initial ? initial
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

    private List<Block>? OwnedBlocksIn(Place place)
    {
        List<Block>? owned = null;
        if (State.Blocks.IsEmpty)
        {
            return null;
        }

        if (!CanHaveMembers(place))
        {
            if (State.Values.TryGetValue(place, out var value))
            {
                AddOwned(value, ref owned);
            }

            return owned;
        }

        foreach (var pair in State.Values)
        {
            if (pair.Key.IsWithin(place))
            {
                AddOwned(pair.Value, ref owned);
            }
        }

        return owned;
    }

    private void AddOwned(Value value, ref List<Block>? owned)
    {
        foreach (var block in BlocksIn(value))
        {
            if (State[block]?.Ownership == Ownership.Owned && owned?.Contains(block) != true)
            {
                (owned ??= new List<Block>()).Add(block);
            }
        }
    }

    /// <summary>Whether a place can have members of its own: structs and tuples, and what has no type.</summary>
    public static bool CanHaveMembers(Place place) =>
        place.Type is not { } type || place.Root is string { Length: > 0 } union && union[0] == '@' || (type.IsValueType && type.TypeKind == TypeKind.Struct && type.SpecialType == SpecialType.None) ||
        type.TypeKind == TypeKind.TypeParameter;

    private void CollectBlocks(Value value, List<Block> found, List<Sym> seen)
    {
        switch (value)
        {
            case Pointer pointer:
                Add(pointer.Block);
                break;
            case Borrower borrower:
                foreach (var block in borrower.Blocks)
                {
                    Add(block);
                }

                CollectBlocks(borrower.Result, found, seen);
                break;
            case Aggregate aggregate:
                foreach (var member in aggregate.Members.OrderBy(pair => pair.Key is ISymbol s ? s.Name : pair.Key.ToString(), StringComparer.Ordinal))
                {
                    CollectBlocks(member.Value, found, seen);
                }

                break;
            case Sym symbol when !seen.Contains(symbol):
                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                seen.Add(symbol);
                if (State.Blocks.ContainsKey(Universe.External(symbol)))
                {
                    Add(Universe.External(symbol));
                }

                foreach (var pair in State.Values)
                {
                    if (pair.Key.Base is { Kind: PlaceKind.Object } start && ReferenceEquals(start.Root, symbol))
                    {
                        CollectBlocks(pair.Value, found, seen);
                    }
                }

                break;
        }

        void Add(Block block)
        {
            if (!found.Contains(block))
            {
                found.Add(block);
            }
        }
    }

    /// <summary>The inputs that <paramref name="value"/> may be belong to somebody else from here on.</summary>
    public void EscapeInputs(Value value, IOperation? at)
    {
        foreach (var input in Universe.InputsIn(value))
        {
            if (State[Universe.External(input)] is null)
            {
                State = State.WithBlock(Universe.External(input), new BlockState(Ownership.Transferred) { TransferredAt = at });
            }
        }
    }

    /// <summary>The inputs that lie in fields of new objects, or in the memory of new blocks, that <paramref name="value"/> leads to.</summary>
    private void EscapeInputsWithin(Value value, IOperation? at)
    {
        var seen = new HashSet<object>();
        var pending = new Stack<Value>();
        pending.Push(value);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            object? root = next switch
            {
                Sym { Kind: SymKind.NewObject } made => made,
                Pointer { Block: { Site: not null } block } => block,
                _ => null,
            };
            if (next is Aggregate aggregate)
            {
                foreach (var member in aggregate.Members.Values)
                {
                    pending.Push(member);
                }
            }
            else if (next is Borrower borrower)
            {
                pending.Push(borrower.Result);
            }

            if (root is null || !seen.Add(root))
            {
                continue;
            }

            foreach (var pair in State.Values)
            {
                if (pair.Key.Base is { Kind: PlaceKind.Object or PlaceKind.Content } start && ReferenceEquals(start.Root, root))
                {
                    if (pair.Value is Sym { Kind: SymKind.Input or SymKind.Join })
                    {
                        EscapeInputs(pair.Value, at);
                    }

                    pending.Push(pair.Value);
                }
            }
        }
    }

    /// <summary>The value has escaped to where others find it: when it is an object that the body has made, what is put into it from here on is theirs as well.</summary>
    public void Publish(Value value, IOperation at)
    {
        if (value is Sym { Kind: SymKind.NewObject } made)
        {
            State = State.WithBlock(Universe.External(made), new BlockState(Ownership.Transferred) { TransferredAt = at });
        }
    }

    private bool HasEscaped(Sym made) => !State.Blocks.IsEmpty && State[Universe.External(made)] is { Ownership: Ownership.Transferred };

    private void EscapeOne(Value value, IOperation? at)
    {
        foreach (var block in BlocksIn(value))
        {
            if (State[block] is { Ownership: Ownership.Owned } state)
            {
                State = State.WithBlock(block, state with { Ownership = Ownership.Transferred, TransferredAt = at });
                EscapeParents(block, at);
            }
            else
            {
                Yields.NoteUse(block, State[block]);
            }
        }

        Tables.Leave(value, at);
        if (value is Sym { Kind: SymKind.NewObject } table)
        {
            Tables.Depart(table, at);
        }
        else if (value is NotHeap { Table: { } array })
        {
            Tables.Forget(array, at);
        }

        // what comes from outside and goes on to somewhere else: callers have to know
        if (value is Sym { Kind: SymKind.Input or SymKind.Join } or Aggregate)
        {
            EscapeInputs(value, at);
        }

        if (value is Sym { Kind: SymKind.NewObject } or Aggregate or Borrower || (value is Pointer { Block.Site: not null } && Universe.HasContents))
        {
            EscapeInputsWithin(value, at);
        }
    }

    /// <summary>Whoever has a handle gets back by it to the one that native code has made it of: a module, and its context.</summary>
    private void EscapeParents(Block block, IOperation? at)
    {
        if (block.MadeOf.IsEmpty)
        {
            return;
        }

        var pending = new Stack<Block>(block.MadeOf);
        while (pending.Count > 0)
        {
            // not so of a text that it was handed
            var parent = pending.Pop();
            if (parent.Family is { IsInferred: true } && State[parent] is { Ownership: Ownership.Owned } state)
            {
                State = State.WithBlock(parent, state with { Ownership = Ownership.Transferred, TransferredAt = at });
                foreach (var further in parent.MadeOf)
                {
                    pending.Push(further);
                }
            }
        }
    }
}
