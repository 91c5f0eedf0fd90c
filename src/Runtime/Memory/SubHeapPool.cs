namespace LifetimeAnalyzers;

/// <summary>
/// Sub-heaps between two scopes. Each thread keeps a few with their first chunk, so that an ordinary request begins and
/// ends without asking the process for anything. Thread-safe; without locks on the way there and back.
/// </summary>
internal static unsafe class SubHeapPool
{
    private static readonly object s_gate = new();
    private static SubHeap* s_shared;

    /// <summary>Takes one that belongs to nobody.</summary>
    public static SubHeap* Rent(ThreadRecord* thread)
    {
        CondemnedHeaps.TakeLeft(thread, long.MaxValue);
        for (int i = 0; i < ThreadRecord.PoolSlots; i++)
        {
            if (thread->Pool[i] != 0)
            {
                long taken = Interlocked.Exchange(ref thread->Pool[i], 0);
                if (taken != 0)
                {
                    return (SubHeap*)(nint)taken;
                }
            }
        }

        lock (s_gate)
        {
            SubHeap* shared = s_shared;
            if (shared != null)
            {
                s_shared = shared->Next;
                return shared;
            }
        }

        return SubHeap.Make();
    }

    /// <summary>Takes back a sub-heap whose scope is done with it. The calling thread holds it, and no other is using it.</summary>
    /// <param name="heap">The sub-heap.</param>
    /// <param name="scrub">Whether its memory is overwritten with zeros.</param>
    public static void Return(SubHeap* heap, bool scrub)
    {
        SubHeapReset.Reset(heap, scrub);
        Trimmer.EnsureRunning();
        Keep(ThreadState.Record, heap);
    }

    /// <summary>Gives up the chunks of sub-heaps that have been in the pool since before <paramref name="tick"/>.</summary>
    /// <returns>Whether some chunks are left.</returns>
    public static bool Strip(long tick)
    {
        bool left = false;
        for (ThreadRecord* thread = ThreadRecord.All; thread != null; thread = thread->Next)
        {
            CondemnedHeaps.TakeLeft(thread, Grace.Over);
            left |= Volatile.Read(ref thread->Left) != 0;
            for (int i = 0; i < ThreadRecord.PoolSlots; i++)
            {
                var heap = (SubHeap*)(nint)Interlocked.Exchange(ref thread->Pool[i], 0);
                if (heap == null)
                {
                    continue;
                }

                left |= !StripOne(heap, tick);
                if (Interlocked.CompareExchange(ref thread->Pool[i], (long)(nint)heap, 0) != 0)
                {
                    Share(heap);
                }
            }
        }

        lock (s_gate)
        {
            for (SubHeap* heap = s_shared; heap != null; heap = heap->Next)
            {
                left |= !StripOne(heap, tick);
            }
        }

        return left;
    }

    private static bool StripOne(SubHeap* heap, long tick)
    {
        if (heap->Chunks == null)
        {
            return true;
        }

        if (heap->PooledAt >= tick)
        {
            return false;
        }

        ChunkInfo* info = heap->Chunks;
        heap->Chunks = null;
        heap->ChunkCount = 0;
        heap->Real = 0;
        ChunkSource.Return(info);
        return true;
    }

    private static void Keep(ThreadRecord* thread, SubHeap* heap)
    {
        for (int i = 0; i < ThreadRecord.PoolSlots; i++)
        {
            if (thread->Pool[i] == 0 && Interlocked.CompareExchange(ref thread->Pool[i], (long)(nint)heap, 0) == 0)
            {
                return;
            }
        }

        Share(heap);
    }

    private static void Share(SubHeap* heap)
    {
        StripOne(heap, long.MaxValue);
        lock (s_gate)
        {
            heap->Next = s_shared;
            s_shared = heap;
        }
    }
}
