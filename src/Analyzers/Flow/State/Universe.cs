using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>The places, symbols and blocks of one body, interned so that they compare by reference and have a stable order.</summary>
internal sealed class Universe
{
    private const int MaxDepth = 4;
    private readonly Dictionary<(PlaceKind, object, Place?), Place> _places = new(KeyComparer.Instance);
    private readonly Dictionary<(SymKind, object), Sym> _symbols = new();
    private readonly Dictionary<(IOperation Site, int Index, string? Family, int Generation), Block> _blocks = new();
    private readonly Dictionary<Sym, Block> _externals = new();
    private readonly List<Block> _allBlocks = new();
    private readonly Dictionary<Sym, HashSet<Value>> _joined = new();

    // what one search needs, kept for the next; none of them runs within another
    private readonly HashSet<Value> _seen = new();
    private readonly Stack<Value> _pending = new();

    /// <summary>All blocks, in the order of first mention.</summary>
    public IReadOnlyList<Block> Blocks => _allBlocks;

    public Place Variable(PlaceKind kind, ISymbol symbol, ITypeSymbol? type) => Intern(kind, symbol, null, type);

    public Place Temporary(object captureId, ITypeSymbol? type) => Intern(PlaceKind.Temporary, captureId, null, type);

    public Place Result(ITypeSymbol? type) => Intern(PlaceKind.Result, "result", null, type);

    public Place This(ITypeSymbol type) => Intern(PlaceKind.This, "this", null, type);

    /// <summary>The memory of a block.</summary>
    public Place Content(Block block)
    {
        HasContents = true;
        return Intern(PlaceKind.Content, block, null, null);
    }

    /// <summary>Whether anything is known of the memory of any block.</summary>
    public bool HasContents { get; private set; }

    public Place Object(Sym symbol) => Intern(PlaceKind.Object, symbol, null, symbol.Type);

    /// <summary>A member of a place; null when the path becomes too long to follow.</summary>
    public Place? Member(Place parent, object member, ITypeSymbol? type) =>
        parent.Depth >= MaxDepth ? null : Intern(PlaceKind.Member, member, parent, type);

    /// <summary>The same member of another base.</summary>
    public Place Rebase(Place place, Place onto) =>
        place.Parent is { } parent ? Intern(PlaceKind.Member, place.Root, Rebase(parent, onto), place.Type) : onto;

    /// <summary>What <paramref name="place"/> held when the body began.</summary>
    public Sym Input(Place place) => Symbol(SymKind.Input, place, place.Type, place);

    /// <summary>The unknown result of <paramref name="operation"/>.</summary>
    public Sym Result(IOperation operation, object? part = null, ITypeSymbol? type = null) =>
        Symbol(SymKind.Result, part is null ? operation : (operation, part), type ?? operation.Type, null);

    public Sym NewObject(IOperation operation, object? part, ITypeSymbol? type) =>
        Symbol(SymKind.NewObject, part is null ? operation : (operation, part), type, null);

    /// <summary>What paths leave in <paramref name="place"/> where they meet at <paramref name="node"/>.</summary>
    public Sym Join(object node, Place place) => Symbol(SymKind.Join, (node, place), place.Type, place);

    /// <summary>One of the values that paths leave where they meet.</summary>
    public void NoteJoined(Sym join, Value value)
    {
        if (value is Const or UnknownValue or NotHeap or Closure or Address)
        {
            return;
        }

        if (!_joined.TryGetValue(join, out var values))
        {
            _joined.Add(join, values = new HashSet<Value>());
        }

        values.Add(value);
    }

    /// <summary>The inputs that <paramref name="value"/> may be or hold, whatever path led to it.</summary>
    public IReadOnlyList<Sym> InputsIn(Value value)
    {
        // most values are neither joined nor made of others
        switch (value)
        {
            case Pointer { Block.External: null } or not (Sym or Pointer or Aggregate or Borrower):
                return [];
            case Sym { IsInput: true, Kind: not SymKind.Join } single:
                return Frame.CanCarry(single.Type) ? [single] : [];
            case Sym { Kind: not SymKind.Join }:
                return [];
        }

        var found = new List<Sym>();
        var (seen, pending) = BeginSearch(value);
        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case Pointer { IsView: true, Block.External.Type: not IArrayTypeSymbol }:
                    // a view does not lead back to its owner, other than a memory to its array
                    break;
                case Pointer { Block.External: { } external }:
                    pending.Push(external);
                    break;
                case Sym { IsInput: true } input when Frame.CanCarry(input.Type) && seen.Add(input):
                    found.Add(input);
                    break;
                case Sym { Kind: SymKind.Join } join when seen.Add(join):
                    PushParts(join, pending);
                    break;
                case (Aggregate or Borrower) and var whole:
                    PushParts(whole, pending);
                    break;
            }
        }

        found.Sort(static (x, y) => x.Id.CompareTo(y.Id));
        return found;
    }

    /// <summary>What a value may be one of, or is made of.</summary>
    private void PushParts(Value value, Stack<Value> pending)
    {
        switch (value)
        {
            case Sym { Kind: SymKind.Join } join when _joined.TryGetValue(join, out var values):
                foreach (var part in values)
                {
                    pending.Push(part);
                }

                break;
            case Aggregate aggregate:
                foreach (var member in aggregate.Members)
                {
                    pending.Push(member.Value);
                }

                break;
            case Borrower borrower:
                pending.Push(borrower.Result);
                break;
        }
    }

    /// <summary>An element of a table, where nobody knows which one.</summary>
    public Sym Element(TableElement element, ITypeSymbol? type) => Symbol(SymKind.Result, element, type, null);

    /// <summary>The tables that <paramref name="value"/> may be an element of, or may have been read from an element of.</summary>
    public IReadOnlyList<TableElement> ElementsIn(Value value)
    {
        if (value is not (Sym or Pointer { IsView: false } or Aggregate or Borrower or Expression))
        {
            return [];
        }

        List<TableElement>? elements = null;
        var (seen, pending) = BeginSearch(value);
        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case Pointer { IsView: true, Block.External.Type: not IArrayTypeSymbol }:
                    break;
                case Pointer { Block.External: { } external }:
                    pending.Push(external);
                    break;
                case Sym symbol when Frame.CanCarry(symbol.Type) && seen.Add(symbol):
                    if (symbol.Origin is TableElement element)
                    {
                        (elements ??= new List<TableElement>()).Add(element);
                    }

                    if (symbol.Origin is ReadOrigin read)
                    {
                        pending.Push(read.Of);
                    }

                    if (symbol.Object is { } owner)
                    {
                        pending.Push(owner);
                    }

                    PushParts(symbol, pending);
                    break;
                case (Aggregate or Borrower) and var whole:
                    PushParts(whole, pending);
                    break;
                case Expression expression when expression.Operator is Operator.Add or Operator.Subtract or Operator.Other:
                    pending.Push(expression.Left);
                    pending.Push(expression.Right);
                    break;
            }
        }

        return elements ?? (IReadOnlyList<TableElement>)[];
    }

    /// <summary>The collections of the caller that <paramref name="value"/> may be an element of, or may have been read from an element of.</summary>
    public IReadOnlyList<Sym> CollectionsBehind(Value value)
    {
        List<Sym>? collections = null;
        var (seen, pending) = BeginSearch(value);
        while (pending.Count > 0)
        {
            var at = pending.Pop();
            if (!seen.Add(at))
            {
                continue;
            }

            if (at is Sym { Kind: SymKind.Input, Place: { Root: Collections.AnyItem, Parent: { Kind: PlaceKind.Object, Root: Sym collection } } })
            {
                (collections ??= new List<Sym>()).Add(collection);
                continue;
            }

            var behind = at switch
            {
                Pointer { Block.External: { } external } => external,
                Sym { Origin: ReadOrigin read } => read.Of,
                Sym { Object: { } owner } => owner,
                _ => null,
            };
            if (behind is not null)
            {
                pending.Push(behind);
            }

            PushParts(at, pending);
        }

        return collections ?? (IReadOnlyList<Sym>)[];
    }

    private (HashSet<Value> Seen, Stack<Value> Pending) BeginSearch(Value value)
    {
        _seen.Clear();
        _pending.Clear();
        _pending.Push(value);
        return (_seen, _pending);
    }

    /// <summary>A member of <paramref name="of"/> that is read without running unknown code.</summary>
    public Sym Read(Value of, object member, ITypeSymbol? type) =>
        of is Sym { Kind: SymKind.Input, Place: { Type: { IsValueType: true } } place } && member is IFieldSymbol { ContainingType.IsValueType: true } or string && Member(place, member, type) is { } inner ? Input(inner) : Symbol(SymKind.Read, new ReadOrigin(of, member), type, null);

    /// <summary>The block that an operation gives: of two functions that it may call, each gives one of its own family.</summary>
    public Block Allocated(IOperation site, int index, Family? family, int generation = 0)
    {
        if (!_blocks.TryGetValue((site, index, family?.Name, generation), out var block))
        {
            block = new Block(_allBlocks.Count, site, index, family, null, generation);
            _blocks.Add((site, index, family?.Name, generation), block);
            _allBlocks.Add(block);
        }

        return block;
    }

    /// <summary>The block that an unknown value designates.</summary>
    public Block External(Sym symbol)
    {
        if (!_externals.TryGetValue(symbol, out var block))
        {
            block = new Block(_allBlocks.Count, null, 0, null, symbol, 0);
            _externals.Add(symbol, block);
            _allBlocks.Add(block);
        }

        return block;
    }

    private Sym Symbol(SymKind kind, object origin, ITypeSymbol? type, Place? place)
    {
        if (!_symbols.TryGetValue((kind, origin), out var symbol))
        {
            symbol = new Sym(_symbols.Count, kind, origin, type, place);
            _symbols.Add((kind, origin), symbol);
        }

        return symbol;
    }

    private Place Intern(PlaceKind kind, object root, Place? parent, ITypeSymbol? type)
    {
        if (!_places.TryGetValue((kind, root, parent), out var place))
        {
            place = new Place(_places.Count, kind, root, parent, type);
            _places.Add((kind, root, parent), place);
        }

        return place;
    }

    /// <summary>Symbols compare as Roslyn compares them; everything else by its own equality.</summary>
    private sealed class KeyComparer : IEqualityComparer<(PlaceKind Kind, object Root, Place? Parent)>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals((PlaceKind Kind, object Root, Place? Parent) x, (PlaceKind Kind, object Root, Place? Parent) y) =>
            x.Kind == y.Kind && ReferenceEquals(x.Parent, y.Parent) &&
            (x.Root is ISymbol left ? y.Root is ISymbol right && SymbolEqualityComparer.Default.Equals(left, right) : x.Root.Equals(y.Root));

        public int GetHashCode((PlaceKind Kind, object Root, Place? Parent) key) =>
            (((int)key.Kind * 397) ^ (key.Root is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : key.Root.GetHashCode())) * 397 ^
            (key.Parent?.Id ?? -1);
    }
}
