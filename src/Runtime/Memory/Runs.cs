using System.Numerics;

namespace LifetimeAnalyzers;

/// <summary>Cuts chunks into runs of pages: for small blocks, or a run for each medium block. Called by the thread that holds the sub-heap.</summary>
internal static unsafe class Runs
{
    private const int SearchedWithoutHoles = 4;
    private const int CollectFrom = 4;

    /// <summary>Gives a small size class a fresh run to cut blocks from.</summary>
    /// <returns>False when the system has no more memory.</returns>
    public static bool Refill(SubHeap* heap, int sizeClass)
    {
        byte* run = TakePages(heap, SizeClasses.RunPages, SizeClasses.RunPages, out _);
        if (run == null)
        {
            return false;
        }

        ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
        PageTable.Set(run, SizeClasses.RunPages, slot);
        if (slot->Bump != nint.MaxValue && (slot->Bump & (SizeClasses.RunBytes - 1)) != 0)
        {
            // What the last run has left over is too small for a block, but starts where one could: mark it as released.
            FastPath.Link(slot->Bump, 0);
        }

        slot->Bump = (nint)run;
        slot->End = (uint)((nint)run + SizeClasses.RunBytes);
        heap->Touched |= 1UL << sizeClass;
        return true;
    }

    /// <summary>Takes a medium block from its free list, or a run for it.</summary>
    /// <returns>0 when the system has no more memory.</returns>
    public static nint TakeMedium(SubHeap* heap, int sizeClass)
    {
        nint block = Blocks.Pop(heap, sizeClass);
        if (block != 0)
        {
            return block;
        }

        int pages = SizeClasses.SizeOf[sizeClass] / SizeClasses.PageBytes;
        byte* run = TakePages(heap, pages, 1, out _);
        if (run == null)
        {
            return 0;
        }

        PageTable.Set(run, 1, SubHeap.Slot(heap, sizeClass));
        PageTable.Set(run + SizeClasses.PageBytes, pages - 1, SubHeap.SlotOfPage(heap, PageTable.Continued));
        heap->Touched |= 1UL << sizeClass;

        // A first word that looks like a released block's would make the release of this one look like the second.
        ((nint*)run)[1] = 0;
        return (nint)run;
    }

    /// <summary>The page of its chunk that an address lies in.</summary>
    public static int PageOf(void* address) => (int)(((nuint)address / SizeClasses.PageBytes) & (Region.PagesPerChunk - 1));

    /// <summary>Makes pages of a chunk free again.</summary>
    public static void FreePages(ChunkInfo* info, int page, int pages)
    {
        PageTable.Clear(Region.MemoryOf(info) + ((nint)page * SizeClasses.PageBytes), pages);
        for (int i = page; i < page + pages; i++)
        {
            info->TakenPages[i >> 6] &= ~(1UL << i);
        }

        info->FreePages += pages;
        info->FirstFreePage = Math.Min(info->FirstFreePage, page);
    }

    private static byte* TakePages(SubHeap* heap, int pages, int alignment, out ChunkInfo* taken)
    {
        int searched = 0;
        for (ChunkInfo* info = heap->Chunks; info != null && (heap->HasHoles || searched < SearchedWithoutHoles); info = info->Next, searched++)
        {
            int page = info->FreePages < pages ? -1 : FindPages(info, pages, alignment);
            if (page >= 0)
            {
                taken = info;
                return Mark(info, page, pages);
            }
        }

        if (pages == SizeClasses.RunPages)
        {
            heap->HasHoles = false;
        }

        if (heap->ChunkCount >= Math.Max(CollectFrom, heap->CollectAt) && heap->Used * 2 < (ulong)heap->ChunkCount * Region.ChunkBytes)
        {
            // More than half of what is held is free, in blocks of other sizes.
            long freed = Collector.Collect(heap);
            heap->CollectAt = heap->ChunkCount * 2;
            if (freed >= pages * SizeClasses.PageBytes)
            {
                return TakePages(heap, pages, alignment, out taken);
            }
        }

        taken = AddChunk(heap);
        return taken == null ? null : Mark(taken, 0, pages);
    }

    private static byte* Mark(ChunkInfo* info, int page, int pages)
    {
        for (int i = page; i < page + pages; i++)
        {
            info->TakenPages[i >> 6] |= 1UL << i;
        }

        info->FreePages -= pages;
        if (page <= info->FirstFreePage)
        {
            info->FirstFreePage = page + pages;
        }

        return Region.MemoryOf(info) + ((nint)page * SizeClasses.PageBytes);
    }

    private static int FindPages(ChunkInfo* info, int pages, int alignment)
    {
        int start = (info->FirstFreePage + alignment - 1) & -alignment;
        while (start + pages <= Region.PagesPerChunk)
        {
            int blocked = NextTaken(info, start, start + pages);
            if (blocked < 0)
            {
                return start;
            }

            start = (blocked + alignment) & -alignment;
        }

        return -1;
    }

    /// <summary>The last taken page in the range, so that the search can go on behind it; -1 when all are free.</summary>
    private static int NextTaken(ChunkInfo* info, int start, int end)
    {
        for (int word = (end - 1) >> 6; word >= start >> 6; word--)
        {
            ulong bits = info->TakenPages[word];
            if (word == (end - 1) >> 6)
            {
                bits &= ulong.MaxValue >> (63 - ((end - 1) & 63));
            }

            if (word == start >> 6)
            {
                bits &= ulong.MaxValue << (start & 63);
            }

            if (bits != 0)
            {
                return (word << 6) + BitOperations.Log2(bits);
            }
        }

        return -1;
    }

    private static ChunkInfo* AddChunk(SubHeap* heap)
    {
        ChunkInfo* info = ChunkSource.Take();
        if (info == null)
        {
            return null;
        }

        info->Heap = heap;
        heap->Real += Region.ChunkBytes;

        info->Next = heap->Chunks;
        info->Previous = null;
        if (heap->Chunks != null)
        {
            heap->Chunks->Previous = info;
            if (MemoryRetention.HugePages && !info->PrefersLargePages)
            {
                // Not for the first: a small request must not cost two megabytes of resident memory.
                info->PrefersLargePages = true;
                SystemPages.Current.PreferLargePages(Region.MemoryOf(info), Region.ChunkBytes);
            }
        }

        heap->Chunks = info;
        heap->ChunkCount++;
        info->FreePages = Region.PagesPerChunk;
        info->FirstFreePage = 0;
        return info;
    }
}
