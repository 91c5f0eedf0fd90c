using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow;

/// <summary>What the engine saw happen to a block.</summary>
internal enum FindingKind
{
    /// <summary>A path ends while the body owns the block.</summary>
    LostAtExit,

    /// <summary>An exception leaves the body while it owns the block.</summary>
    LostByThrow,

    /// <summary>The last place that held the block is given another value.</summary>
    LostByOverwrite,

    /// <summary>The block that holds the last pointer to it is released.</summary>
    LostInside,

    /// <summary>The allocation runs again while the block of the round before is still owned and out of reach.</summary>
    LostInIteration,

    /// <summary>The result of the allocation is not kept.</summary>
    Discarded,

    /// <summary>A released block is released again.</summary>
    DoubleFree,

    /// <summary>A released block is used.</summary>
    UseAfterFree,

    /// <summary>A block is released by a function of another family, or to another pool.</summary>
    WrongFamily,

    /// <summary>Something that no allocator gave is released.</summary>
    NotAllocated,

    /// <summary>Work that nobody waits for goes on using the block.</summary>
    LeftRunning,

    /// <summary>The request scope of the block ends while work that nobody waits for goes on using it.</summary>
    EndsWhileUsed,

    /// <summary>The address of a variable, of stack memory or of a pinned object stays behind when the body ends.</summary>
    AddressLeaves,
}

/// <summary>One thing that the engine saw, on one path. Rules judge findings; they do not walk code.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Block">The block; null when what is released is no block.</param>
/// <param name="At">Where: the exit, the second release, the use, the overwriting assignment; null at the end of the body.</param>
/// <param name="State">The block's state just before.</param>
/// <param name="Path">The conditions on the way, latest first.</param>
internal sealed record Finding(FindingKind Kind, Block? Block, IOperation? At, BlockState? State, Step? Path)
{
    /// <summary>What the block is called at the place, or a description of what is released.</summary>
    public string? Name { get; init; }

    /// <summary>The function that releases or uses.</summary>
    public string? Function { get; init; }

    /// <summary>What the released thing is, for <see cref="FindingKind.NotAllocated"/>.</summary>
    public string? Description { get; init; }

    /// <summary>The release that would have been right, for <see cref="FindingKind.WrongFamily"/>.</summary>
    public string? Expected { get; init; }

    /// <summary>What holds the address, for <see cref="FindingKind.AddressLeaves"/>; null for the result.</summary>
    public Place? Place { get; init; }

    /// <summary>What throws another exception while the body clears up behind one; null when nothing does.</summary>
    public IOperation? InterruptedBy { get; init; }

    /// <summary>The syntax of the exit, where it is known better than by an operation.</summary>
    public SyntaxNode? Exit { get; init; }
}

/// <summary>Where a block goes that leaves the body.</summary>
internal enum Destination
{
    /// <summary>To the caller, as the result.</summary>
    Returned,

    /// <summary>To the caller, through a by-reference parameter.</summary>
    OutParameter,

    /// <summary>To a field of the receiver.</summary>
    OwnField,

    /// <summary>To a field of another object.</summary>
    OtherObject,

    /// <summary>To a static field.</summary>
    StaticField,

    /// <summary>To a call that takes it over, or may.</summary>
    Call,

    /// <summary>Somewhere that the engine cannot name.</summary>
    Elsewhere,
}

/// <summary>A block leaves the body.</summary>
internal sealed record Departure(Block Block, Destination Destination, Place? Place, IOperation? At)
{
    /// <summary>The block's scope has ended by then: who gets the block gets what is gone.</summary>
    public bool IsGone { get; init; }

    /// <summary>The place still holds the block when the body returns; without this it is given the block, and may lose it again.</summary>
    public bool AtExit { get; init; }
}

/// <summary>A round of a loop ends.</summary>
/// <param name="Block">A block.</param>
/// <param name="End">The last operation of the round; null when there is none.</param>
/// <param name="IsKept">Nobody but the body can reach the block.</param>
internal readonly record struct Round(Block Block, IOperation? End, bool IsKept);

/// <summary>All that one pass over a body found.</summary>
internal sealed class BodyFacts
{
    /// <summary>Of a body that cannot be gone through.</summary>
    public static readonly BodyFacts None = new FindingLog().ToFacts(new Universe(), null);

    public BodyFacts(ImmutableArray<Finding> findings, ImmutableArray<Departure> departures, ImmutableDictionary<Block, ImmutableArray<IOperation>> releases,
        ImmutableDictionary<Block, ImmutableArray<IOperation>> reallocations, ImmutableArray<Block> blocks, ImmutableHashSet<IOperation> misused, string? budget)
    {
        Misused = misused;
        Findings = findings;
        Departures = departures;
        Releases = releases;
        Reallocations = reallocations;
        Blocks = blocks;
        Budget = budget;
    }

    public ImmutableArray<Finding> Findings { get; }

    public ImmutableArray<Departure> Departures { get; }

    /// <summary>The calls that release each block, in source order.</summary>
    public ImmutableDictionary<Block, ImmutableArray<IOperation>> Releases { get; }

    /// <summary>The calls that reallocate each block, in source order.</summary>
    public ImmutableDictionary<Block, ImmutableArray<IOperation>> Reallocations { get; }

    /// <summary>The calls that throw only when the callee is called where it must not be (<see cref="Misuse"/>).</summary>
    public ImmutableHashSet<IOperation> Misused { get; }

    /// <summary>What has become of the blocks when a round of a loop ends.</summary>
    public ImmutableArray<Round> Rounds { get; init; } = ImmutableArray<Round>.Empty;

    /// <summary>What the body does with collections and arrays in fields of its receiver.</summary>
    public ImmutableArray<FieldTableUse> TableUses { get; init; } = ImmutableArray<FieldTableUse>.Empty;

    /// <summary>The blocks that the body allocates or handles.</summary>
    public ImmutableArray<Block> Blocks { get; }

    /// <summary>The budget that ran out, in words; null when the analysis came to its end.</summary>
    public string? Budget { get; }
}
