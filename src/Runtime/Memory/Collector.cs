using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>Finds runs on which no block is left, makes their pages free for other sizes, and gives back chunks without any. For the thread that holds the sub-heap.</summary>
internal static unsafe class Collector
{
    private const int RunsPerChunk = Region.PagesPerChunk / SizeClasses.RunPages;

    /// <summary>Collects one sub-heap.</summary>
    /// <returns>Bytes of the pages that became free.</returns>
    public static long Collect(SubHeap* heap)
    {
        RemoteReleases.Drain(heap);
        long freed = FreeMedium(heap) + FreeSmall(heap) + HugeBlocks.ReturnSpares(heap);
        ReturnEmptyChunks(heap);
        heap->HasHoles = true;
        return freed;
    }

    private static long FreeMedium(SubHeap* heap)
    {
        long freed = 0;
        for (int sizeClass = SizeClasses.SmallCount; sizeClass < SizeClasses.Count; sizeClass++)
        {
            int size = SizeClasses.SizeOf[sizeClass];
            ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
            nint block = slot->Free;
            slot->Free = 0;
            while (block != 0 && FastPath.IsReleased(block))
            {
                nint next = *(nint*)block;
                Runs.FreePages(Region.InfoOf(block), Runs.PageOf((void*)block), size / SizeClasses.PageBytes);
                freed += size;
                block = next;
            }
        }

        return freed;
    }

    private static long FreeSmall(SubHeap* heap)
    {
        // How many blocks of each run are on a free list; chunks are numbered for the time being.
        int chunks = 0;
        for (ChunkInfo* info = heap->Chunks; info != null; info = info->Next)
        {
            info->Number = chunks++;
        }

        if (chunks == 0)
        {
            return 0;
        }

        var released = (ushort*)NativeMemory.AllocZeroed((nuint)(chunks * RunsPerChunk), sizeof(ushort));
        try
        {
            for (int sizeClass = 0; sizeClass < SizeClasses.SmallCount; sizeClass++)
            {
                for (nint block = SubHeap.Slot(heap, sizeClass)->Free; block != 0 && FastPath.IsReleased(block); block = *(nint*)block)
                {
                    released[RunOf(block)]++;
                }
            }

            long freed = 0;
            for (int sizeClass = 0; sizeClass < SizeClasses.SmallCount; sizeClass++)
            {
                freed += FreeRuns(heap, sizeClass, released);
            }

            return freed;
        }
        finally
        {
            NativeMemory.Free(released);
        }
    }

    private static long FreeRuns(SubHeap* heap, int sizeClass, ushort* released)
    {
        int perRun = SizeClasses.RunBytes / SizeClasses.SizeOf[sizeClass];
        ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
        long freed = 0;
        nint kept = 0;
        nint block = SubHeap.Slot(heap, sizeClass)->Free;
        while (block != 0 && FastPath.IsReleased(block))
        {
            nint next = *(nint*)block;
            nint run = block & -SizeClasses.RunBytes;
            int handedOut = slot->IsCutting(run) ? (int)((ulong)(slot->Bump - run) / slot->Size) : perRun;
            if (released[RunOf(block)] < handedOut)
            {
                FastPath.Link(block, kept);
                kept = block;
            }
            else
            {
                ChunkInfo* info = Region.InfoOf(block);
                int page = Runs.PageOf((void*)run);
                if (PageTable.MappedAt(run) != PageTable.NoBlock)
                {
                    Runs.FreePages(info, page, SizeClasses.RunPages);
                    freed += SizeClasses.RunBytes;
                    if (slot->IsCutting(run))
                    {
                        slot->NoRun();
                        released[RunOf(block)] = (ushort)perRun;
                    }
                }
            }

            block = next;
        }

        SubHeap.Slot(heap, sizeClass)->Free = kept;
        return freed;
    }

    private static int RunOf(nint block) =>
        (Region.InfoOf(block)->Number * RunsPerChunk) + (Runs.PageOf((void*)block) / SizeClasses.RunPages);

    private static void ReturnEmptyChunks(SubHeap* heap)
    {
        ChunkInfo* info = heap->Chunks;
        while (info != null && heap->ChunkCount > 1)
        {
            ChunkInfo* next = info->Next;
            if (info->FreePages == Region.PagesPerChunk)
            {
                if (info->Previous != null)
                {
                    info->Previous->Next = next;
                }
                else
                {
                    heap->Chunks = next;
                }

                if (next != null)
                {
                    next->Previous = info->Previous;
                }

                heap->ChunkCount--;
                heap->Real -= Region.ChunkBytes;
                ChunkSource.Return(info);
            }

            info = next;
        }
    }
}
