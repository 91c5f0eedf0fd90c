namespace LifetimeAnalyzers;

/// <summary>Takes and puts blocks of any size, without accounting. Called by the thread that holds the sub-heap.</summary>
internal static unsafe class Blocks
{
    /// <summary>Takes a block of at least <paramref name="bytes"/>.</summary>
    /// <returns>0 when the system has no more memory.</returns>
    public static nint Take(SubHeap* heap, ulong bytes)
    {
        if (bytes <= SizeClasses.SmallMax)
        {
            return TakeSmall(heap, SizeClasses.SmallClass(bytes));
        }

        return bytes <= SizeClasses.MediumMax
            ? Runs.TakeMedium(heap, SizeClasses.MediumClass(bytes))
            : HugeBlocks.Take(heap, SizeClasses.Rounded(bytes));
    }

    /// <summary>Puts a block back.</summary>
    public static void Put(SubHeap* heap, in BlockLocation location, nint block)
    {
        if (location.SizeClass < 0)
        {
            HugeBlocks.Free(heap, location.Huge);
            return;
        }

        ClassSlot* slot = SubHeap.Slot(heap, location.SizeClass);
        FastPath.Link(block, slot->Free);
        slot->Free = block;
    }

    /// <summary>Takes a block that was released; 0 when there is none of that class.</summary>
    /// <exception cref="HeapCorruptedException">Somebody has written to it.</exception>
    public static nint Pop(SubHeap* heap, int sizeClass)
    {
        ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
        nint block = slot->Free;
        if (block != 0)
        {
            HeapCorruptedException.ThrowIfOverwritten(heap, sizeClass, block);
            slot->Free = *(nint*)block;
            ((nint*)block)[1] = 0;
        }

        return block;
    }

    private static nint TakeSmall(SubHeap* heap, int sizeClass)
    {
        nint block = Pop(heap, sizeClass);
        ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
        if (block != 0 || (!slot->HasRoom && !Runs.Refill(heap, sizeClass)))
        {
            return block;
        }

        block = slot->Bump;
        slot->Bump += SizeClasses.SizeOf[sizeClass];
        ((nint*)block)[1] = 0;
        return block;
    }
}
