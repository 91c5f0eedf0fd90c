namespace LifetimeAnalyzers;

/// <summary>
/// Mappings for huge blocks, each got from the system by itself and given back whole. Those that are free are kept, newest
/// first, as <see cref="Retention"/> allows. What is not kept gives its memory back at once, and its addresses a little
/// later: a thread that was caught in the middle of releasing the block by the end of its scope must not fall into a hole.
/// Thread-safe.
/// </summary>
internal static unsafe class HugeMappings
{
    // What the system hands out in: pages are 4 to 16 KiB, and Windows places mappings at multiples of 64 KiB anyway.
    private const ulong Unit = 64 << 10;

    // Address space that is kept for threads in the middle of something; far more than that is needed.
    private const long EmptyMost = 4L << 30;

    private static readonly object s_gate = new();
    private static HugeBlock* s_cached;
    private static HugeBlock* s_empty;
    private static long s_cachedBytes;
    private static long s_emptyBytes;

    /// <summary>Bytes of free mappings that are kept.</summary>
    public static long CachedBytes => Volatile.Read(ref s_cachedBytes);

    /// <summary>Bytes of mappings without memory behind them.</summary>
    public static long EmptyBytes => Volatile.Read(ref s_emptyBytes);

    /// <summary>Whether a mapping of <paramref name="mapped"/> bytes will do for a block: large enough, and no more than a third wasted.</summary>
    public static bool Fits(ulong mapped, ulong charged) => charged <= mapped && mapped <= Math.Max(WholeUnits(charged), charged + (charged / 2));

    /// <summary>Takes a mapping of at least that many bytes, for a block of <paramref name="heap"/>.</summary>
    /// <returns>Null when the system has no more.</returns>
    public static HugeBlock* Take(SubHeap* heap, ulong charged)
    {
        HugeBlock* block = TakeCached(charged);
        if (block == null)
        {
            block = Map(WholeUnits(charged));
            if (block == null)
            {
                return null;
            }
        }

        block->Heap = heap;
        Retention.Took((long)block->Mapped);
        return block;
    }

    /// <summary>Takes back what <see cref="Take"/> gave.</summary>
    public static void Return(HugeBlock* block)
    {
        block->Heap = SubHeap.Nobody;
        block->Charged = 0;
        block->Remote = false;
        block->Dirty = true;
        Retention.Returned((long)block->Mapped);
        lock (s_gate)
        {
            if (Retention.HasRoomFor((long)block->Mapped))
            {
                HugeBlock.Link(block, ref s_cached);
                s_cachedBytes += (long)block->Mapped;
                block = null;
            }
        }

        Empty(block);
        Trimmer.EnsureRunning();
    }

    /// <summary>Gives cached mappings back to the system until no more than <paramref name="bytes"/> are kept.</summary>
    public static void ReleaseBeyond(long bytes)
    {
        while (Volatile.Read(ref s_cachedBytes) > bytes)
        {
            HugeBlock* block;
            lock (s_gate)
            {
                block = s_cached;
                if (block == null)
                {
                    return;
                }

                TakeOut(block, ref s_cached, ref s_cachedBytes);
            }

            Empty(block);
        }
    }

    /// <summary>Gives back the addresses of mappings that have been without memory since before <paramref name="time"/> (<see cref="Grace"/>).</summary>
    public static void UnmapEmpty(long time)
    {
        while (true)
        {
            byte* memory;
            nuint mapped;
            lock (s_gate)
            {
                HugeBlock* block;
                for (block = s_empty; block != null && block->EmptySince >= time; block = block->Next)
                {
                }

                if (block == null)
                {
                    return;
                }

                TakeOut(block, ref s_empty, ref s_emptyBytes);
                GoneBlocks.Remember(block);
                memory = (byte*)block->Memory;
                mapped = (nuint)block->Mapped;
            }

            // Only now may the system use the addresses for something else, and this thread the block no more.
            SystemPages.Current.Unmap(memory, mapped);
        }
    }

    /// <summary>The block in use whose mapping holds <paramref name="address"/>; null when there is none.</summary>
    public static HugeBlock* FindAround(nint address)
    {
        lock (s_gate)
        {
            return HugeIndex.FindAround(address);
        }
    }

    private static ulong WholeUnits(ulong bytes) => (bytes + Unit - 1) / Unit * Unit;

    private static HugeBlock* TakeCached(ulong charged)
    {
        if (CachedBytes + EmptyBytes == 0)
        {
            return null;
        }

        lock (s_gate)
        {
            HugeBlock* block = FindFitting(s_cached, charged);
            if (block != null)
            {
                TakeOut(block, ref s_cached, ref s_cachedBytes);
                return block;
            }

            block = FindFitting(s_empty, charged);
            if (block != null)
            {
                TakeOut(block, ref s_empty, ref s_emptyBytes);
            }

            return block;
        }
    }

    private static HugeBlock* FindFitting(HugeBlock* first, ulong charged)
    {
        while (first != null && !Fits(first->Mapped, charged))
        {
            first = first->Next;
        }

        return first;
    }

    private static void TakeOut(HugeBlock* block, ref HugeBlock* first, ref long bytes)
    {
        HugeBlock.Unlink(block, ref first);
        bytes -= (long)block->Mapped;
    }

    private static HugeBlock* Map(ulong bytes)
    {
        byte* memory = SystemPages.Current.Map((nuint)bytes);
        if (memory == null)
        {
            return null;
        }

        lock (s_gate)
        {
            // There was one here before, perhaps; the system uses addresses again.
            HugeBlock* block = HugeIndex.Find((nint)memory);
            if (block != null)
            {
                GoneBlocks.Forget(block);
            }
            else
            {
                block = GoneBlocks.TakeOldest();
                block->Memory = (nint)memory;
                HugeIndex.Add(block);
            }

            block->Mapped = bytes;
            block->ReleasedIn = 0;
            block->Dirty = false;
            return block;
        }
    }

    /// <summary>Gives the memory behind a mapping that is in no list back to the system. Not under the lock: it takes a while.</summary>
    private static void Empty(HugeBlock* block)
    {
        if (block == null)
        {
            return;
        }

        Retention.Released();
        SystemPages.Current.Release((byte*)block->Memory, (nuint)block->Mapped);
        block->Dirty = !SystemPages.Current.ReleasedPagesAreZero;
        block->EmptySince = Grace.Now;
        lock (s_gate)
        {
            HugeBlock.Link(block, ref s_empty);
            s_emptyBytes += (long)block->Mapped;
        }

        if (EmptyBytes > EmptyMost)
        {
            UnmapEmpty(Grace.Over);
        }
    }
}
