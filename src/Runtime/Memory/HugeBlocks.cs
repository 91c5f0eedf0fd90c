namespace LifetimeAnalyzers;

/// <summary>Blocks of more than 512 KiB: a mapping for each. Called by the thread that holds the sub-heap.</summary>
internal static unsafe class HugeBlocks
{
    private const int SparesKept = 2;
    private const ulong LargestSpare = 4 << 20;

    /// <summary>Takes a block.</summary>
    /// <returns>0 when the system has no more memory.</returns>
    public static nint Take(SubHeap* heap, ulong charged)
    {
        HugeBlock* block = TakeSpare(heap, charged);
        if (block == null)
        {
            block = HugeMappings.Take(heap, charged);
            if (block == null)
            {
                return 0;
            }

            heap->Real += (long)block->Mapped;
        }

        block->Charged = charged;
        block->ReleasedIn = 0;
        HugeBlock.Link(block, ref heap->Huge);
        return block->Memory;
    }

    /// <summary>Gives a block back.</summary>
    public static void Free(SubHeap* heap, HugeBlock* block)
    {
        HugeBlock.Unlink(block, ref heap->Huge);
        block->Charged = 0;
        block->ReleasedIn = heap->ScopeId;
        block->Remote = false;
        block->Dirty = true;
        if (heap->SpareCount < SparesKept && block->Mapped <= LargestSpare)
        {
            HugeBlock.Link(block, ref heap->Spare);
            heap->SpareCount++;
            return;
        }

        heap->Real -= (long)block->Mapped;
        HugeMappings.Return(block);
    }

    /// <summary>Gives the spare blocks back to the process.</summary>
    /// <returns>Bytes of them.</returns>
    public static long ReturnSpares(SubHeap* heap)
    {
        long returned = 0;
        while (heap->Spare != null)
        {
            HugeBlock* spare = heap->Spare;
            HugeBlock.Unlink(spare, ref heap->Spare);
            returned += (long)spare->Mapped;
            HugeMappings.Return(spare);
        }

        heap->SpareCount = 0;
        heap->Real -= returned;
        return returned;
    }

    /// <summary>Notes, if the block is a huge one, that what another thread released is being taken back.</summary>
    public static void ForgetRemote(nint block)
    {
        HugeBlock* huge = Region.Contains(block) ? null : HugeIndex.Find(block);
        if (huge != null)
        {
            Volatile.Write(ref huge->Remote, false);
        }
    }

    /// <summary>Whether the pointer is what a scope handed out for a huge block that is in use.</summary>
    public static bool IsHuge(nint block)
    {
        HugeBlock* plain = HugeIndex.Find(block);
        HugeBlock* debug = HugeIndex.Find(block - DebugBlocks.Header);
        return (plain != null && plain->Charged != 0) || (debug != null && debug->Charged != 0);
    }

    /// <summary>Whether the block can hold that much without moving.</summary>
    public static bool Fits(HugeBlock* block, ulong charged) => charged > SizeClasses.MediumMax && HugeMappings.Fits(block->Mapped, charged);

    private static HugeBlock* TakeSpare(SubHeap* heap, ulong charged)
    {
        for (HugeBlock* spare = heap->Spare; spare != null; spare = spare->Next)
        {
            if (HugeMappings.Fits(spare->Mapped, charged))
            {
                HugeBlock.Unlink(spare, ref heap->Spare);
                heap->SpareCount--;
                return spare;
            }
        }

        return null;
    }
}
