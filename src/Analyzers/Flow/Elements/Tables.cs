using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>An element of an array or collection, where nobody knows which one.</summary>
/// <param name="At">The operation that reads it.</param>
/// <param name="Table">The array or collection, or the block that is a native array.</param>
/// <param name="IsCursor">No element, but an enumerator or another way to all of them.</param>
/// <param name="IsAlone">It is read outside of every loop: one, and no other.</param>
/// <param name="EveryOf">Each of the elements, as a call goes through them: the variable that the call was handed; null for one element.</param>
internal sealed record TableElement(IOperation At, object Table, bool IsCursor, string? EveryOf = null, bool IsAlone = false);

/// <summary>
/// Arrays and collections whose elements are read by an index that nobody knows. To look at such an element changes nothing; who
/// releases one, keeps it or hands it on may do so with all of them, and from then on the body is silent about what is in the table.
/// </summary>
internal sealed class Tables
{
    /// <summary>So far an element is looked for behind what is released.</summary>
    private const int MaxDepth = 8;
    private readonly Frame _frame;
    private readonly Dictionary<object, HashSet<Block>> _blocks = new();
    private readonly HashSet<(object Table, Block Block)> _elements = new();
    private readonly Stack<object> _pending = new();
    private readonly Dictionary<Sym, HashSet<Sym>> _inner = new();
    private readonly HashSet<Sym> _loose = new();
    private readonly EmptiedTables _emptied = new();
    private readonly Dictionary<object, IOperation> _alone = new();
    private readonly HashSet<Sym> _mixed = new();
    private HashSet<object>? _forgotten;
    private object? _viewed;

    public Tables(Frame frame)
    {
        _frame = frame;
    }

    /// <summary>Whether the body reads any element of which nobody knows which one it is.</summary>
    private bool HasElements { get; set; }

    /// <summary>Whether the body reads elements of collections that it did not fill.</summary>
    public bool HasItems { get; set; }

    /// <summary>The block goes into the table.</summary>
    /// <param name="table">The array or collection.</param>
    /// <param name="block">The block.</param>
    /// <param name="isElement">It is the element itself; otherwise only an address in it goes in, by which nobody can release it.</param>
    public void Note(object table, Block block, bool isElement)
    {
        if (isElement)
        {
            _elements.Add((table, block));
        }

        if (!_blocks.TryGetValue(table, out var blocks))
        {
            _blocks.Add(table, blocks = new HashSet<Block>());
        }

        blocks.Add(block);
    }

    /// <summary>A table of the body goes into another one.</summary>
    public void NoteInner(Sym outer, Value inner)
    {
        if (inner is Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol or INamedTypeSymbol { TypeArguments.IsEmpty: false } } table && table != outer)
        {
            if (!_inner.TryGetValue(outer, out var tables))
            {
                _inner.Add(outer, tables = new HashSet<Sym>());
            }

            tables.Add(table);
        }
    }

    /// <summary>Another table has the same elements.</summary>
    public void Copy(Sym from, Sym to)
    {
        if (_blocks.TryGetValue(from, out var blocks))
        {
            foreach (var block in blocks.OrderBy(static block => block.Id).ToList())
            {
                Note(to, block, _elements.Contains((from, block)));
            }
        }

        // who empties the one empties the other
        NoteInner(to, from);
        NoteInner(from, to);
    }

    /// <summary>The block is an element of a table that a call has given.</summary>
    public void NoteGiven(Sym table, Block block) => _elements.Add((table, block));

    /// <summary>One of the blocks of the body that lie in the table, when all of these are of one kind; null when none is known.</summary>
    public Block? OneOfAKind(object table)
    {
        Block? one = null;
        foreach (var (holder, block) in _elements)
        {
            if (holder == table)
            {
                if (block.Family is null || block.Site is null || (one is not null && one.Family!.Name != block.Family.Name))
                {
                    return null;
                }

                one = one is null || block.Id < one.Id ? block : one;
            }
        }

        return one;
    }

    /// <summary>A value goes into a collection of the body.</summary>
    public void NotePut(Sym collection, Value value)
    {
        if (!(value is Pointer { IsView: false, Offset: Offset.Start, IsCleared: false, Block: { Site: not null, OwnerType: null } block } && _frame.State[block] is { Ownership: Ownership.Owned } && _frame.State.HoldersOf(block).All(static holder => holder.Kind is PlaceKind.Local or PlaceKind.Temporary)))
        {
            _mixed.Add(collection);
        }
    }

    /// <summary>The kind of blocks that are in a collection of the body, when there is nothing else in it, and only one way to each of them; null when that is not so.</summary>
    public Block? SoleKind(Sym collection) =>
        !_mixed.Contains(collection) && OneOfAKind(collection) is { OwnerType: null, Family: { Lifetime: not Lifetime.Request, MayStayUnreleased: false, IsNeverReleased: false, IsCounted: false } } kind && !IsElsewhere(collection) ? kind : null;

    /// <summary>One of its blocks is in another table as well.</summary>
    private bool IsElsewhere(Sym collection)
    {
        foreach (var (table, block) in _elements)
        {
            if (table != (object)collection && _elements.Contains((collection, block)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The body takes out the elements of its collection one by one, and has each of them from then on: what it has put in is no longer there.</summary>
    public void Empty(Sym collection, IOperation at)
    {
        var isMixed = _mixed.Contains(collection);
        Forget(collection, at);
        if (!isMixed)
        {
            _mixed.Remove(collection);
        }
    }

    /// <summary>One of the elements.</summary>
    public Sym Element(IOperation at, object table, ITypeSymbol? type, bool isCursor, bool inLoop)
    {
        HasElements = true;
        var element = _frame.Universe.Element(new TableElement(at, table, isCursor, IsAlone: !inLoop && !isCursor), type);
        if (inLoop)
        {
            LeaveOlder(element, at);
            _frame.Rounds.Refresh(element);
        }

        if (!isCursor && _emptied.ReleaseOf((TableElement)element.Origin) is { } release)
        {
            _frame.State = _frame.State.WithBlock(_frame.Universe.External(element), new BlockState(Ownership.Released) { ReleasedAt = release });
        }

        return element;
    }

    /// <summary>All elements of a table that a call goes through.</summary>
    /// <param name="call">The call.</param>
    /// <param name="table">The array or collection.</param>
    /// <param name="variable">The variable that holds it; empty when it is none.</param>
    /// <param name="type">The type of the elements; null when it is not known.</param>
    public Sym Every(IOperation call, Sym table, string variable, ITypeSymbol? type = null)
    {
        HasElements = true;
        var element = new TableElement(call, table, IsCursor: false, variable);
        var every = _frame.Universe.Element(element, type);
        _frame.Rounds.Refresh(every);
        if (_emptied.ReleaseOf(element) is { } release)
        {
            _frame.State = _frame.State.WithBlock(_frame.Universe.External(every), new BlockState(Ownership.Released) { ReleasedAt = release });
        }

        return every;
    }

    /// <summary>The parameters of which the body releases the elements.</summary>
    public ImmutableArray<EmptiedInput> EmptiedInputs => _emptied.Inputs.OrderBy(static emptied => emptied.Input.Id).ToImmutableArray();

    /// <summary>The block has been released: with it all of its table, when a loop does that to each element.</summary>
    public void NoteRelease(Block block, IOperation release, Family? family)
    {
        if (block.External is { Origin: TableElement element })
        {
            _emptied.Note(element, release, family);
        }
    }

    /// <summary>Whether the table has blocks that stand for more of them: of a loop that has put them in, or of a call.</summary>
    public bool HasMany(object table) =>
        _elements.Any(element => element.Table == table && (element.Block.IsInTable || !(_blocks.TryGetValue(table, out var blocks) && blocks.Contains(element.Block))));

    /// <summary>The blocks in a table of which every element is known.</summary>
    public List<Pointer>? KnownElementsOf(Sym table)
    {
        if (table.Kind != SymKind.NewObject || HasMany(table))
        {
            return null;
        }

        var owner = _frame.Universe.Object(table);
        return _frame.State.Values.Where(pair => pair.Key.Parent == owner).OrderBy(pair => pair.Key.Id).Select(pair => pair.Value).OfType<Pointer>().Where(static element => element is { IsView: false, Block.Site: not null }).ToList();
    }

    /// <summary>The table that a value is an enumerator over; null when it is none.</summary>
    public static Sym? CursorOver(Value? value) => value is Sym { Origin: TableElement { IsCursor: true } cursor } ? cursor.Table as Sym : null;

    /// <summary>The native array that a pointer is the start of: a block of the body, memory on the stack, or what the body was handed.</summary>
    public static object? BehindPointer(Value pointer) => pointer switch
    {
        Pointer { IsView: false, Offset: Offset.Start, Block: { Site: not null } block } => block,
        NotHeap { Table: { } table } => table,
        Sym { IsInput: true, Type: IPointerTypeSymbol } given => given,
        _ => null,
    };

    /// <summary>The native arrays of the caller of which elements go out by an index that nobody knows, in a stable order.</summary>
    public ImmutableArray<Sym> LooseInputs => _loose.OrderBy(static input => input.Id).ToImmutableArray();

    /// <summary>An element of the caller's native array goes out, and nobody knows which one.</summary>
    public void NoteLoose(Sym array) => _loose.Add(array);

    /// <summary>The value goes where it may be released or kept: when it is an element of a table, so may the others.</summary>
    /// <param name="value">The value.</param>
    /// <param name="at">What happens.</param>
    /// <param name="isLent">It is the caller who gets it.</param>
    public void Leave(Value value, IOperation? at, bool isLent = false)
    {
        var use = isLent ? TableUse.Lent : TableUse.Left;
        if (HasElements)
        {
            foreach (var element in _frame.Universe.ElementsIn(value))
            {
                if (!IsOneOfMany(element))
                {
                    Forget(element.Table, at, use);
                }
            }
        }

        if (HasItems)
        {
            foreach (var collection in _frame.Universe.CollectionsBehind(value))
            {
                _frame.FieldTables.Note(collection, use, at);
            }
        }
    }

    /// <summary>The value is released. When it is an element of a collection in a field, or lies in one, the type releases what is in that collection.</summary>
    /// <param name="value">The value.</param>
    /// <param name="at">What releases it.</param>
    /// <param name="family">The family that it is released as; null when it is an object that is disposed of as a whole.</param>
    public void NoteElementRelease(Sym value, IOperation at, Family? family)
    {
        if (!HasElements && !HasItems)
        {
            return;
        }

        var behind = new List<ITypeSymbol>();
        for (Sym? element = value; element is not null && behind.Count < MaxDepth; element = element.Origin is ReadOrigin { Of: Sym of } ? of : element.Object)
        {
            behind.Add(element.Type!);
            if ((element.Origin is TableElement { IsCursor: false, Table: Sym one } ? one : element is { Kind: SymKind.Input, Place: { Root: Collections.AnyItem, Parent: { Kind: PlaceKind.Object, Root: Sym other } } } ? other : null) is not { Type: { } type } table)
            {
                continue;
            }

            if (behind.Take(family is null ? 1 : MaxDepth).FirstOrDefault(part => part is not null && IsPartOf(part, type)) is { } released)
            {
                _frame.FieldTables.Note(table, TableUse.Left, at);
                _frame.FieldTables.Release(table, released, family, at);
            }

            return;
        }
    }

    /// <summary>Whether a collection or array of the type holds such elements, be it in tuples or other collections.</summary>
    public static bool IsPartOf(ITypeSymbol part, ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => SymbolEqualityComparer.Default.Equals(array.ElementType, part) || IsPartOf(part, array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument, part) || IsPartOf(part, argument)),
        _ => false,
    };

    /// <summary>The only element that the body takes, outside of every loop, out of a table that a loop has filled: the others stay where they are.</summary>
    private bool IsOneOfMany(TableElement element)
    {
        if (!element.IsAlone || element.Table is not (Sym { Kind: SymKind.NewObject } or Block) || !_blocks.TryGetValue(element.Table, out var blocks) || !blocks.All(static block => block is { IsInTable: true, Site.Syntax: var site } && Loops.AreAround(site)))
        {
            return false;
        }

        if (!_alone.TryGetValue(element.Table, out var at))
        {
            _alone.Add(element.Table, at = element.At);
        }

        return at == element.At;
    }

    /// <summary>The body ends: what it has put into a new table belongs to the field that holds the table.</summary>
    public void LeaveInFields()
    {
        foreach (var pair in _blocks)
        {
            if (pair.Key is Sym { Kind: SymKind.NewObject } or Block)
            {
                var table = pair.Key;
                _frame.FieldTables.Leave(table, pair.Value.Where(block => _elements.Contains((table, block))).OrderBy(block => block.Id));
            }
        }
    }

    /// <summary>What is in the table is somebody else's from here on, and so are the tables that it lies in: a table can be its own element, and so on without end.</summary>
    /// <param name="table">The table.</param>
    /// <param name="at">What happens.</param>
    /// <param name="use">What that is for a table in a field.</param>
    /// <param name="isViewed">Somebody gets to see the elements; the table stays where it is.</param>
    public void Forget(object table, IOperation? at, TableUse use = TableUse.Left, bool isViewed = false)
    {
        if (table is Sym given)
        {
            _frame.FieldTables.Note(given, use, at);
        }

        if (_forgotten is not null)
        {
            if (_forgotten.Add(table))
            {
                _pending.Push(table);
            }

            return;
        }

        if (table is Sym collection)
        {
            _mixed.Add(collection);
        }

        _forgotten = new HashSet<object> { table };
        _viewed = isViewed ? table : null;
        _pending.Push(table);
        while (_pending.Count > 0)
        {
            ForgetOne(_pending.Pop(), at);
        }

        _forgotten = null;
    }

    private void ForgetOne(object table, IOperation? at)
    {
        Depart(table, at);
        if (table is Sym { Origin: TableElement { Table: var around } } && _forgotten!.Add(around))
        {
            _pending.Push(around);
        }

        if (table is Sym outer && _inner.TryGetValue(outer, out var inner))
        {
            foreach (var one in inner.Where(one => _forgotten!.Add(one)).OrderBy(static one => one.Id))
            {
                _pending.Push(one);
            }
        }

        if (table is Block memory)
        {
            _frame.Contents.GiveUp(memory, at);
        }
        else if (table is Sym { IsInput: true, Type: IPointerTypeSymbol } given)
        {
            NoteLoose(given);
        }
        else
        {
            Depart(_frame.BlocksIn((Sym)table), at);
            if (!(ReferenceEquals(table, _viewed) && table is Sym { IsInput: true }))
            {
                _frame.Escape((Sym)table, at);
            }
        }
    }

    /// <summary>The table goes somewhere else, with all that the body has ever put into it.</summary>
    public void Depart(object table, IOperation? at)
    {
        if (_blocks.TryGetValue(table, out var blocks))
        {
            Depart(blocks.OrderBy(block => block.Id), at);
        }
    }

    private void Depart(IEnumerable<Block> blocks, IOperation? at)
    {
        foreach (var block in blocks)
        {
            // what has been overwritten in the table is lost, whatever becomes of the others
            if (block.Site is not null && !(_frame.State[block] is { Ownership: Ownership.Owned } or { Ownership: Ownership.Transferred, TransferredAt: null } && !block.IsInTable && !_frame.IsHeld(block)))
            {
                block.IsInTable = true;
                _frame.Log.Depart(block, Destination.Elsewhere, null, at);
            }
        }
    }

    /// <summary>A variable still has the element of the round before, which nobody can tell from this one any more.</summary>
    private void LeaveOlder(Sym element, IOperation at)
    {
        foreach (var pair in _frame.State.Values)
        {
            if (Rounds.Mentions(pair.Value, element) && _frame.Universe.ElementsIn(pair.Value).Any(behind => behind.Table == ((TableElement)element.Origin).Table))
            {
                Forget(((TableElement)element.Origin).Table, at);
                return;
            }
        }
    }
}
