namespace LifetimeAnalyzers;

/// <summary>Takes and puts blocks of any size, without accounting. Called by the thread that holds the sub-heap, except <see cref="PushRemote"/>.</summary>
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

    /// <summary>Hands a block back to a sub-heap that another thread holds. Callable from any thread.</summary>
    public static void PushRemote(SubHeap* heap, nint block, ulong charged)
    {
        HugeBlocks.MarkRemote(block, true);
        Interlocked.Add(ref heap->RemoteBytes, (long)charged);
        nint head;
        do
        {
            head = Volatile.Read(ref heap->Remote);
            FastPath.Link(block, head);
        }
        while (Interlocked.CompareExchange(ref heap->Remote, block, head) != head);
    }

    /// <summary>Takes back what other threads released.</summary>
    public static void DrainRemote(SubHeap* heap)
    {
        if (Volatile.Read(ref heap->Remote) == 0)
        {
            return;
        }

        nint block = Interlocked.Exchange(ref heap->Remote, 0);
        long drained = 0;
        while (block != 0)
        {
            // A link that was written over cannot be followed; what hangs on it is lost until the scope ends.
            HugeBlocks.MarkRemote(block, false);
            BlockLocation location = BlockLocation.Of(block);
            if (location.Error is not null || location.Heap != heap || !FastPath.IsReleased(block))
            {
                break;
            }

            nint next = *(nint*)block;
            drained += (long)(heap->Debug ? DebugBlocks.Forget(heap, block, location.Bytes) : location.Bytes);
            Put(heap, location, block);
            block = next;
        }

        heap->Peak = Math.Max(heap->Peak, heap->Used) - (ulong)Math.Min(heap->RemoteSeen, (long)heap->Used);
        heap->RemoteSeen = 0;
        heap->Used -= (ulong)drained;
        Interlocked.Add(ref heap->RemoteBytes, -drained);
    }

    private static nint TakeSmall(SubHeap* heap, int sizeClass)
    {
        ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
        nint block = slot->Free;
        if (block != 0)
        {
            HeapCorruptedException.ThrowIfOverwritten(heap, sizeClass, block);
            slot->Free = *(nint*)block;
            ((nint*)block)[1] = 0;
            return block;
        }

        if (!slot->HasRoom && !Runs.Refill(heap, sizeClass))
        {
            return 0;
        }

        block = slot->Bump;
        slot->Bump += SizeClasses.SizeOf[sizeClass];
        ((nint*)block)[1] = 0;
        return block;
    }
}
