namespace LifetimeAnalyzers;

/// <summary>Where a pointer leads: which sub-heap's block of which size, or what is wrong with it.</summary>
internal readonly unsafe ref struct BlockLocation
{
    private BlockLocation(ChunkInfo* info, int sizeClass)
    {
        Info = info;
        SizeClass = sizeClass;
    }

    private BlockLocation(InvalidFreeKind error, ChunkInfo* info = null)
    {
        Error = error;
        Info = info;
    }

    /// <summary>The block's chunk; the first of them for a huge block.</summary>
    public ChunkInfo* Info { get; }

    /// <summary>The block's size class; -1 for a huge block.</summary>
    public int SizeClass { get; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public InvalidFreeKind? Error { get; }

    /// <summary>The sub-heap it belongs to.</summary>
    public SubHeap* Heap => Info->Heap;

    /// <summary>Usable bytes, which are also the bytes charged.</summary>
    public ulong Bytes => SizeClass < 0 ? Info->HugeBytes : (ulong)SizeClasses.SizeOf[SizeClass];

    /// <summary>Looks up the block that starts at <paramref name="block"/>. Safe for any address.</summary>
    public static BlockLocation Of(nint block)
    {
        if (!Region.Contains(block))
        {
            return new BlockLocation(ThreadState.Record->Covers((nuint)block) ? InvalidFreeKind.Stack : InvalidFreeKind.NotRequestMemory);
        }

        ChunkInfo* info = Region.InfoOf(block);
        if (info->Heap == SubHeap.Nobody)
        {
            return new BlockLocation(Dead(info));
        }

        info = Region.InfoOfSlot(Region.SlotOf(info) - info->SlotsBefore);
        if (info->HugeBytes != 0)
        {
            return block == (nint)Region.MemoryOf(info) ? new BlockLocation(info, -1) : new BlockLocation(InvalidFreeKind.Interior, info);
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

    /// <summary>Start of the block that an interior pointer into a run points into.</summary>
    public static nint StartOf(nint inside)
    {
        ChunkInfo* info = Region.InfoOf(inside);
        info = Region.InfoOfSlot(Region.SlotOf(info) - info->SlotsBefore);
        if (info->HugeBytes != 0)
        {
            return (nint)Region.MemoryOf(info);
        }

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

    // Nothing lives there now. Whether it did in a scope that has ended, or was released twice, is told apart by what is left.
    private static InvalidFreeKind Dead(ChunkInfo* info) =>
        !info->Used ? InvalidFreeKind.NotRequestMemory
        : info->ReleasedIn != 0 && ThreadState.Scope is { IsEnded: false } scope && scope.Id == info->ReleasedIn ? InvalidFreeKind.DoubleFree
        : InvalidFreeKind.EndedScope;
}
