namespace LifetimeAnalyzers;

/// <summary>Where a pointer leads: which sub-heap's block of which size, or what is wrong with it.</summary>
internal readonly unsafe ref struct BlockLocation
{
    private readonly ChunkInfo* _info;

    private BlockLocation(ChunkInfo* info, int sizeClass)
    {
        _info = info;
        SizeClass = sizeClass;
    }

    private BlockLocation(HugeBlock* huge)
    {
        Huge = huge;
        SizeClass = -1;
    }

    private BlockLocation(InvalidFreeKind error, ChunkInfo* info = null, HugeBlock* huge = null)
    {
        Error = error;
        _info = info;
        Huge = huge;
    }

    /// <summary>The block, when it is a huge one; else null.</summary>
    public HugeBlock* Huge { get; }

    /// <summary>The block's size class; -1 for a huge block.</summary>
    public int SizeClass { get; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public InvalidFreeKind? Error { get; }

    /// <summary>Whether the pointer leads to memory that is in use, at its start or not; else there is no <see cref="Heap"/>.</summary>
    public bool Exists => _info != null || Huge != null;

    /// <summary>The sub-heap it belongs to.</summary>
    public SubHeap* Heap => Huge != null ? Huge->Heap : _info->Heap;

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

        byte mapped = info->PageMap[Runs.PageOf((void*)block)];
        if (mapped is 0 or ChunkInfo.Continued)
        {
            return mapped == 0 ? new BlockLocation(Dead(info)) : new BlockLocation(InvalidFreeKind.Interior, info);
        }

        int sizeClass = mapped - 1;
        if (sizeClass >= SizeClasses.SmallCount)
        {
            return (block & (SizeClasses.PageBytes - 1)) == 0 ? new BlockLocation(info, sizeClass) : new BlockLocation(InvalidFreeKind.Interior, info);
        }

        ClassSlot* slot = SubHeap.Slot(info->Heap, sizeClass);
        if (block >= slot->Bump && block < slot->End)
        {
            return new BlockLocation(Dead(info));
        }

        int offset = (int)(block & (SizeClasses.RunBytes - 1));
        return offset % SizeClasses.SizeOf[sizeClass] == 0 ? new BlockLocation(info, sizeClass) : new BlockLocation(InvalidFreeKind.Interior, info);
    }

    /// <summary>Start of the block that a pointer into it leads to; 0 when there is none.</summary>
    public static nint StartOf(nint inside)
    {
        if (!Region.Contains(inside))
        {
            HugeBlock* huge = HugeAround(inside);
            return huge == null ? 0 : huge->Memory;
        }

        ChunkInfo* info = Region.InfoOf(inside);
        int page = Runs.PageOf((void*)inside);
        while (page > 0 && info->PageMap[page] == ChunkInfo.Continued)
        {
            page--;
        }

        int sizeClass = info->PageMap[page] - 1;
        if (sizeClass >= SizeClasses.SmallCount)
        {
            return (nint)Region.MemoryOf(info) + (page * SizeClasses.PageBytes);
        }

        int offset = (int)(inside & (SizeClasses.RunBytes - 1));
        return sizeClass < 0 ? 0 : inside - (offset % SizeClasses.SizeOf[sizeClass]);
    }

    private static BlockLocation OfHuge(nint block)
    {
        HugeBlock* huge = HugeIndex.Find(block);
        if (huge != null)
        {
            return huge->Charged == 0 ? new BlockLocation(Dead(huge))
                : huge->Remote ? new BlockLocation(InvalidFreeKind.DoubleFree, huge: huge)
                : new BlockLocation(huge);
        }

        if (ThreadState.Record->Covers((nuint)block))
        {
            return new BlockLocation(InvalidFreeKind.Stack);
        }

        huge = HugeAround(block);
        return huge == null ? new BlockLocation(InvalidFreeKind.NotRequestMemory)
            : huge->Charged == 0 ? new BlockLocation(Dead(huge))
            : new BlockLocation(InvalidFreeKind.Interior, huge: huge);
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
