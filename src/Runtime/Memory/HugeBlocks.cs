namespace LifetimeAnalyzers;

/// <summary>Blocks of more than 512 KiB: whole chunks. Called by the thread that holds the sub-heap.</summary>
internal static unsafe class HugeBlocks
{
    private const int SparesKept = 2;

    /// <summary>Takes a block.</summary>
    /// <returns>0 when the system has no more memory.</returns>
    public static nint Take(SubHeap* heap, ulong charged)
    {
        ulong slots = (charged + Region.ChunkBytes - 1) / Region.ChunkBytes;
        if (slots > (ulong)Region.Slots)
        {
            return 0;
        }

        ChunkInfo* info;
        if (slots == 1)
        {
            info = Runs.TakeSingle(heap);
            if (info == null)
            {
                return 0;
            }
        }
        else
        {
            info = ChunkSource.Take((int)slots);
            if (info == null)
            {
                return 0;
            }

            heap->Real += (long)slots * Region.ChunkBytes;
            int slot = Region.SlotOf(info);
            for (int i = 0; i < (int)slots; i++)
            {
                ChunkInfo* part = Region.InfoOfSlot(slot + i);
                part->SlotsBefore = i;
                part->Heap = heap;
            }
        }

        info->HugeBytes = charged;
        info->ReleasedIn = 0;
        info->Previous = null;
        info->Next = heap->Huge;
        if (heap->Huge != null)
        {
            heap->Huge->Previous = info;
        }

        heap->Huge = info;
        nint block = (nint)Region.MemoryOf(info);
        ((nint*)block)[1] = 0; // what was left there may look like a released block
        return block;
    }

    /// <summary>Gives a block back.</summary>
    public static void Free(SubHeap* heap, ChunkInfo* info)
    {
        if (info->Previous != null)
        {
            info->Previous->Next = info->Next;
        }
        else
        {
            heap->Huge = info->Next;
        }

        if (info->Next != null)
        {
            info->Next->Previous = info->Previous;
        }

        info->HugeBytes = 0;
        info->ReleasedIn = heap->ScopeId;
        info->Dirty = true;
        if (info->Slots == 1 && heap->SpareCount < SparesKept)
        {
            info->Next = heap->Spare;
            heap->Spare = info;
            heap->SpareCount++;
            return;
        }

        heap->Real -= (long)info->Slots * Region.ChunkBytes;
        ChunkSource.Return(info);
    }

    /// <summary>Whether the block can hold that much without moving.</summary>
    public static bool Fits(ChunkInfo* info, ulong charged) =>
        charged > SizeClasses.MediumMax && (charged + Region.ChunkBytes - 1) / Region.ChunkBytes == (ulong)info->Slots;
}
