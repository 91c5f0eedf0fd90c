using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// Sub-heaps between two scopes. Each thread keeps a few with their first chunk, so that an ordinary request begins and
/// ends without asking the process for anything. Thread-safe; without locks on the way there and back.
/// </summary>
internal static unsafe class SubHeapPool
{
    private static readonly object s_gate = new();
    private static SubHeap* s_shared;
    private static nint s_graveyard;

    /// <summary>Takes one that belongs to nobody.</summary>
    public static SubHeap* Rent(ThreadRecord* thread)
    {
        TakeLeft(thread, long.MaxValue);
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
        Reset(heap, scrub);
        Keep(ThreadState.Record, heap);
    }

    /// <summary>
    /// Leaves a condemned sub-heap to the thread that holds it, which may be in the middle of using it. It takes it back
    /// itself when it next needs one; the trimmer does after a <see cref="Grace"/>.
    /// </summary>
    public static void Leave(SubHeap* heap, ThreadRecord* holder)
    {
        heap->PooledAt = Grace.Now;
        PutLeft(heap, holder);
        Trimmer.EnsureRunning();
    }

    private static void PutLeft(SubHeap* heap, ThreadRecord* holder)
    {
        nint head;
        do
        {
            head = Volatile.Read(ref holder->Left);
            heap->Next = (SubHeap*)head;
        }
        while (Interlocked.CompareExchange(ref holder->Left, (nint)heap, head) != head);
    }

    /// <summary>Takes back what was left to a thread before <paramref name="time"/> (<see cref="Grace"/>). For the trimmer; for the thread itself, at any time.</summary>
    public static void TakeLeft(ThreadRecord* thread, long time)
    {
        if (Volatile.Read(ref thread->Left) == 0)
        {
            return;
        }

        var heap = (SubHeap*)Interlocked.Exchange(ref thread->Left, 0);
        while (heap != null)
        {
            SubHeap* next = heap->Next;
            if (heap->PooledAt < time)
            {
                Return(heap, heap->ScrubOnReturn);
            }
            else
            {
                PutLeft(heap, thread);
            }

            heap = next;
        }
    }

    /// <summary>Leaves a sub-heap that the calling thread holds for others to take back: allocates nothing, takes no lock, throws nothing.</summary>
    public static void Bury(SubHeap* heap)
    {
        nint head;
        do
        {
            head = Volatile.Read(ref s_graveyard);
            heap->Next = (SubHeap*)head;
        }
        while (Interlocked.CompareExchange(ref s_graveyard, (nint)heap, head) != head);
    }

    /// <summary>Takes back what was buried.</summary>
    public static void Exhume()
    {
        if (Volatile.Read(ref s_graveyard) == 0)
        {
            return;
        }

        var heap = (SubHeap*)Interlocked.Exchange(ref s_graveyard, 0);
        while (heap != null)
        {
            SubHeap* next = heap->Next;
            Return(heap, heap->ScrubOnReturn);
            heap = next;
        }
    }

    /// <summary>Gives up the chunks of sub-heaps that have been in the pool since before <paramref name="tick"/>.</summary>
    /// <returns>Whether some chunks are left.</returns>
    public static bool Strip(long tick)
    {
        bool left = false;
        for (ThreadRecord* thread = ThreadRecord.All; thread != null; thread = thread->Next)
        {
            TakeLeft(thread, Grace.Over);
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

    private static void Reset(SubHeap* heap, bool scrub)
    {
        heap->Scope = null;
        RemoteReleases.Enter(heap);
        heap->ScopeId = 0;
        RemoteReleases.Leave(heap);
        heap->Owner = heap->Watcher = ThreadRecord.NoWindow;
        heap->Trigger = heap->Grant = 0;
        for (ulong touched = heap->Touched; touched != 0; touched &= touched - 1)
        {
            int sizeClass = System.Numerics.BitOperations.TrailingZeroCount(touched);
            ClassSlot* slot = SubHeap.Slot(heap, sizeClass);
            slot->Free = 0;
            slot->NoRun();
        }

        ReturnChunks(heap, scrub);
        heap->Touched = heap->Used = heap->Peak = 0;
        heap->Remote = 0;
        heap->RemoteBytes = heap->RemoteSeen = 0;
        heap->Condemned = 1; // until it is used again
        heap->Explicit = heap->Detached = heap->Instrumented = heap->Debug = heap->Counts = heap->HasHoles = heap->ScrubOnReturn = false;
        heap->CollectAt = 0;
        heap->PooledAt = Trimmer.Tick;
        Volatile.Write(ref heap->Holder, SubHeap.Pooled);
        Trimmer.EnsureRunning();
    }

    private static void ReturnChunks(SubHeap* heap, bool scrub)
    {
        while (heap->Huge != null)
        {
            HugeBlock* block = heap->Huge;
            Scrub(block, scrub);
            HugeBlock.Unlink(block, ref heap->Huge);
            HugeMappings.Return(block);
        }

        for (HugeBlock* spare = heap->Spare; spare != null; spare = spare->Next)
        {
            Scrub(spare, scrub);
        }

        HugeBlocks.ReturnSpares(heap);
        while (heap->Chunks != null)
        {
            ChunkInfo* info = heap->Chunks;
            for (int word = 0; word < Region.PagesPerChunk / 64; word++)
            {
                if (info->TakenPages[word] != 0)
                {
                    info->TakenPages[word] = 0;
                    PageTable.Clear(Region.MemoryOf(info) + (word * 64 * SizeClasses.PageBytes), 64);
                    if (scrub)
                    {
                        new Span<byte>(Region.MemoryOf(info) + (word * 64 * SizeClasses.PageBytes), 64 * SizeClasses.PageBytes).Clear();
                    }
                }
            }

            info->FreePages = Region.PagesPerChunk;
            info->FirstFreePage = 0;
            if (info->Next == null)
            {
                // The oldest, which has small pages behind it.
                info->Previous = null;
                break;
            }

            heap->Chunks = info->Next;
            ChunkSource.Return(info);
        }

        heap->ChunkCount = heap->Chunks == null ? 0 : 1;
        heap->Real = heap->ChunkCount * Region.ChunkBytes;
    }

    private static void Scrub(HugeBlock* block, bool scrub)
    {
        if (scrub)
        {
            NativeMemory.Clear((void*)block->Memory, (nuint)block->Mapped);
        }
    }
}
