using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// A block, handle or rented buffer: one an operation of the body allocates, or one that the body was handed and does
/// something to. Interned by <see cref="Universe"/>.
/// </summary>
internal sealed class Block
{
    public Block(int id, IOperation? site, int index, Family? family, Sym? external, int generation)
    {
        Id = id;
        Site = site;
        Index = index;
        Family = family;
        External = external;
        Generation = generation;
        Alone = ImmutableArray.Create(this);
    }

    /// <summary>The block as a list of one.</summary>
    public ImmutableArray<Block> Alone { get; }

    /// <summary>The order of first mention in the body.</summary>
    public int Id { get; }

    /// <summary>The operation that gave the block; null when it comes from outside.</summary>
    public IOperation? Site { get; }

    /// <summary>Tells apart several blocks of one operation.</summary>
    public int Index { get; }

    /// <summary>The family; null when it is not known.</summary>
    public Family? Family { get; }

    /// <summary>The unknown value that designates the block when it comes from outside.</summary>
    public Sym? External { get; }

    /// <summary>0 for the block that the site gave last, 1 for the one before it (in a loop).</summary>
    public int Generation { get; }

    /// <summary>The function that gave the block, as messages say it.</summary>
    public string AllocatedBy { get; set; } = "";

    /// <summary>The first variable that held the block.</summary>
    public Place? FirstHolder { get; set; }

    /// <summary>The pool that it was rented from, for families whose pools are apart.</summary>
    public Value? Pool { get; set; }

    /// <summary>The object that counts the block, and is told when it is needed no more: see <see cref="Family.IsOfReceiver"/>.</summary>
    public Value? CountedBy { get; set; }

    /// <summary>The blocks that the function which gave this one was handed: a handle of theirs, perhaps.</summary>
    public ImmutableArray<Block> MadeOf { get; set; } = ImmutableArray<Block>.Empty;

    /// <summary>Of a counted block: a function was handed it that may count itself as one more holder.</summary>
    public bool MayBeShared { get; set; }

    /// <summary>The object whose constructor took the block, when it was taken on behalf of an object: that is what has to be released.</summary>
    public ITypeSymbol? OwnerType { get; set; }

    /// <summary>The call by which the object that owned the block gave it away.</summary>
    public IOperation? DetachedAt { get; set; }

    /// <summary>A call put the block into a field of an object, and nobody else has ever seen it.</summary>
    public bool IsKeptByObject { get; set; }

    /// <summary>The collection or array of the object that it lies in, together with others like it for which it stands.</summary>
    public IFieldSymbol? KeptIn { get; set; }

    /// <summary>A handle that keeps alive the very object which holds it: nobody else's duty, unless the object can be disposed of.</summary>
    public bool RootsItsHolder { get; set; }

    /// <summary>A loop that counts puts the block, and others like it, into an array: whether the loop that empties the array has met it on the path at hand, nobody can tell.</summary>
    public bool IsInTable { get; set; }

    /// <summary>On some path a request scope that the body began was open when the block was taken.</summary>
    public bool WasInScope { get; set; }

    /// <summary>A stable hash, so that tables of blocks are walked in the same order in every run.</summary>
    public override int GetHashCode() => Id;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override string ToString() => $"B{Id}{(Generation == 0 ? "" : "'")}";
}

/// <summary>Who has to release a block.</summary>
internal enum Ownership
{
    /// <summary>The body.</summary>
    Owned,

    /// <summary>Nobody any more: it has been released.</summary>
    Released,

    /// <summary>Somebody else, or it cannot be known.</summary>
    Transferred,
}

/// <summary>What is known of a block at a point of a path. Immutable.</summary>
internal sealed record BlockState(Ownership Ownership)
{
    /// <summary>The call that released it.</summary>
    public IOperation? ReleasedAt { get; init; }

    /// <summary>The family of the function that released it, when it is known.</summary>
    public Families.Family? ReleasedAs { get; init; }

    /// <summary>The pool that it was returned to, for families whose pools are apart.</summary>
    public Value? ReleasedTo { get; init; }

    /// <summary>What threw while the block was owned, on the path at hand.</summary>
    public IOperation? ThrownBy { get; init; }

    /// <summary>What threw in a <c>finally</c> that ran because of that.</summary>
    public IOperation? InterruptedBy { get; init; }

    /// <summary>The allocator may have given null, and nobody has looked yet.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>Another allocation is taken to have failed on this path, though its allocator throws when it fails.</summary>
    public bool IsAfterFailure { get; init; }

    /// <summary>The expression that used it last.</summary>
    public IOperation? LastUse { get; init; }

    /// <summary>The request scope that request memory was taken from, when the body began it.</summary>
    public Block? Scope { get; init; }

    /// <summary>The object that owned it has given it away: neither its Dispose nor its finalizer releases it.</summary>
    public bool IsDetached { get; init; }

    /// <summary>Work that was left running and goes on using the block: a call that nobody waits for.</summary>
    public IOperation? StillUsedBy { get; init; }

    /// <summary>The queue or channel of somebody else that it has gone into just now, and that nobody has asked for anything since.</summary>
    public IOperation? GivenTo { get; init; }

    /// <summary>The operation that handed it over.</summary>
    public IOperation? TransferredAt { get; init; }
}
