namespace LifetimeAnalyzers;

/// <summary>Where a pointer leads: which sub-heap's block of which size, or what is wrong with it.</summary>
internal readonly unsafe ref struct BlockLocation
{
    private readonly ClassSlot* _slot;

    private BlockLocation(ClassSlot* slot, InvalidFreeKind? error = null)
    {
        _slot = slot;
        SizeClass = SubHeap.PlaceOf(slot) - 1;
        Error = error;
    }

    private BlockLocation(HugeBlock* huge, InvalidFreeKind? error = null)
    {
        Huge = huge;
        SizeClass = -1;
        Error = error;
    }

    private BlockLocation(InvalidFreeKind error) => Error = error;

    /// <summary>The block, when it is a huge one; else null.</summary>
    public HugeBlock* Huge { get; }

    /// <summary>The block's size class; -1 for a huge block.</summary>
    public int SizeClass { get; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public InvalidFreeKind? Error { get; }

    /// <summary>Whether the pointer leads to memory that is in use, at its start or not; else there is no <see cref="Heap"/>.</summary>
    public bool Exists => _slot != null || Huge != null;

    /// <summary>The sub-heap it belongs to.</summary>
    public SubHeap* Heap => Huge != null ? Huge->Heap : SubHeap.Of(_slot);

    /// <summary>Usable bytes, which are also the bytes charged.</summary>
    public ulong Bytes => Huge != null ? Huge->Charged : (ulong)SizeClasses.SizeOf[SizeClass];

    /// <summary>Looks up the block that starts at <paramref name="block"/>. Safe for any address.</summary>
    public static BlockLocation Of(nint block)
    {
        if (!Region.Contains(block))
        {
            return OfHuge(block);
        }

        ChunkInfo* info = Region.InfoOf(block);
        if (info->Heap == SubHeap.Nobody)
        {
            return new BlockLocation(Dead(info));
        }

        ClassSlot* slot = PageTable.SlotOf(block);
        int mapped = SubHeap.PlaceOf(slot);
        if (mapped is PageTable.NoBlock or PageTable.Continued)
        {
            return mapped == PageTable.NoBlock ? new BlockLocation(Dead(info)) : new BlockLocation(slot, InvalidFreeKind.Interior);
        }

        if (mapped > SizeClasses.SmallCount)
        {
            return (block & (SizeClasses.PageBytes - 1)) == 0 ? new BlockLocation(slot) : new BlockLocation(slot, InvalidFreeKind.Interior);
        }

        int size = (int)slot->Size;
        int offset = (int)(block & (SizeClasses.RunBytes - 1));
        int inside = offset % size;
        if (slot->IsUncut(block) || offset - inside + size > SizeClasses.RunBytes)
        {
            return new BlockLocation(Dead(info));
        }

        return inside == 0 ? new BlockLocation(slot) : new BlockLocation(slot, InvalidFreeKind.Interior);
    }

    /// <summary>Start of the block that a pointer into it leads to; 0 when there is none.</summary>
    public static nint StartOf(nint inside)
    {
        if (!Region.Contains(inside))
        {
            HugeBlock* huge = HugeAround(inside);
            return huge == null ? 0 : huge->Memory;
        }

        nint page = inside & -SizeClasses.PageBytes;
        while (PageTable.MappedAt(page) == PageTable.Continued && (page & (Region.ChunkBytes - 1)) != 0)
        {
            page -= SizeClasses.PageBytes;
        }

        int mapped = PageTable.MappedAt(page);
        if (mapped > SizeClasses.SmallCount)
        {
            return page;
        }

        int offset = (int)(inside & (SizeClasses.RunBytes - 1));
        return mapped == PageTable.NoBlock ? 0 : inside - (offset % SizeClasses.SizeOf[mapped - 1]);
    }

    private static BlockLocation OfHuge(nint block)
    {
        HugeBlock* huge = HugeIndex.Find(block);
        if (huge != null)
        {
            return huge->Charged == 0 ? new BlockLocation(Dead(huge))
                : huge->Remote ? new BlockLocation(huge, InvalidFreeKind.DoubleFree)
                : new BlockLocation(huge);
        }

        if (ThreadState.Record->Covers((nuint)block))
        {
            return new BlockLocation(InvalidFreeKind.Stack);
        }

        huge = HugeAround(block);
        return huge == null ? new BlockLocation(InvalidFreeKind.NotRequestMemory)
            : huge->Charged == 0 ? new BlockLocation(Dead(huge))
            : new BlockLocation(huge, InvalidFreeKind.Interior);
    }

    // What a debug scope hands out lies at a fixed distance from the start, so that not all blocks need to be looked at.
    private static HugeBlock* HugeAround(nint inside)
    {
        HugeBlock* huge = HugeIndex.Find(inside - DebugBlocks.Header);
        return huge != null ? huge : HugeMappings.FindAround(inside);
    }

    // Nothing lives there now; it did in a scope that has ended, or nothing did yet.
    private static InvalidFreeKind Dead(ChunkInfo* info) => info->Used ? InvalidFreeKind.EndedScope : InvalidFreeKind.NotRequestMemory;

    private static InvalidFreeKind Dead(HugeBlock* block) =>
        block->ReleasedIn != 0 && ThreadState.Scope is { IsEnded: false } scope && scope.Id == block->ReleasedIn
            ? InvalidFreeKind.DoubleFree
            : InvalidFreeKind.EndedScope;
}
