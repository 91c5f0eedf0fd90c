using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>What a body does with a collection or array in a field of its receiver.</summary>
internal enum TableUse
{
    /// <summary>A block of the body goes in.</summary>
    Filled,

    /// <summary>Something else goes in.</summary>
    FilledOtherwise,

    /// <summary>What stood under a key is given another value.</summary>
    Replaced,

    /// <summary>An element of an array is set to nothing.</summary>
    Cleared,

    /// <summary>Elements go out, and nobody looks at them.</summary>
    Dropped,

    /// <summary>An element goes out, to the body.</summary>
    Taken,

    /// <summary>An element, or all of them, may be released, kept or handed on.</summary>
    Left,

    /// <summary>The caller gets to know an element.</summary>
    Lent,

    /// <summary>It is asked for something.</summary>
    Asked,

    /// <summary>An element is released: in any case <see cref="Left"/> as well.</summary>
    Released,
}

/// <summary>One such use.</summary>
/// <param name="Field">The place of the field.</param>
/// <param name="Use">What happens.</param>
/// <param name="At">Where; null at the end of the body.</param>
/// <param name="Block">The block that goes in.</param>
internal readonly record struct FieldTableUse(Place Field, TableUse Use, IOperation? At, Block? Block)
{
    /// <summary>The type of the element that is released.</summary>
    public ITypeSymbol? Element { get; init; }

    /// <summary>The family that it is released as; null when it is an object that is disposed of.</summary>
    public Family? Family { get; init; }
}

/// <summary>Notes what happens to the collections and arrays in fields of the receiver: by that a type is judged that keeps its blocks in one.</summary>
internal sealed class FieldTables
{
    private readonly Frame _frame;

    public FieldTables(Frame frame)
    {
        _frame = frame;
    }

    /// <summary>Something happens to a collection, when it is in a field of the receiver.</summary>
    public void Note(Sym table, TableUse use, IOperation? at)
    {
        if (FieldOf(table) is { } field)
        {
            _frame.Log.Use(new FieldTableUse(field, use, at, null));
        }
    }

    /// <summary>What lies in the collection, or in one of its entries, is released.</summary>
    public void Release(Sym table, ITypeSymbol? element, Family? family, IOperation at)
    {
        if (FieldOf(table) is { } field)
        {
            _frame.Log.Use(new FieldTableUse(field, TableUse.Released, at, null) { Element = element, Family = family });
        }
    }

    /// <summary>A value goes into the collection.</summary>
    public void Fill(Sym table, Value value, IOperation at)
    {
        if (FieldOf(table) is { } field && value is Pointer { IsView: false } or Aggregate or Sym { Kind: SymKind.NewObject })
        {
            Fill(field, _frame.BlocksIn(value).Where(block => value is not Sym made || IsOf(block, made)), at);
        }

        if (value is not (Pointer { IsView: false, Block: { Site: not null, Family: not null } } or Const { IsNullOrZero: true }))
        {
            Note(table, TableUse.FilledOtherwise, at);
        }
    }

    /// <summary>The body ends, and has left a new collection, or a native array, with these blocks in it in a field.</summary>
    public void Leave(object table, IEnumerable<Block> blocks)
    {
        foreach (var pair in _frame.State.Values)
        {
            if (pair.Value switch { Sym made => made, Pointer { IsView: false, Offset: Offset.Start } native => native.Block, _ => (object?)null } == table && IsOfReceiver(pair.Key))
            {
                Fill(pair.Key, blocks.Where(static block => block.OwnerType is null), null);
            }
        }
    }

    /// <summary>The place of the field of the receiver that holds the collection; null when it comes from elsewhere.</summary>
    public static Place? FieldOf(Sym table) => table is { Kind: SymKind.Input, Place: { } place } && IsOfReceiver(place) ? place : null;

    private static bool IsOfReceiver(Place place) =>
        place is { Kind: PlaceKind.Member, Field: not null, Parent: { Kind: PlaceKind.This } or { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.This } } };

    /// <summary>The object came with the block, and owns it.</summary>
    private static bool IsOf(Block block, Sym made) => block.OwnerType is { } owner && SymbolEqualityComparer.Default.Equals(owner, made.Type);

    private void Fill(Place field, IEnumerable<Block> blocks, IOperation? at)
    {
        foreach (var block in blocks)
        {
            if (block is { Site: not null, Family: not null, IsKeptByObject: false })
            {
                _frame.Log.Use(new FieldTableUse(field, TableUse.Filled, at, block));
            }
        }
    }
}
