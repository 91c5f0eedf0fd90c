namespace LifetimeAnalyzers;

/// <summary>
/// Sub-heaps whose scope is over, on their way back to the pool: those that their thread may be in the middle of using, and
/// those that a thread put down where it could not do more. Thread-safe, without locks.
/// </summary>
internal static unsafe class CondemnedHeaps
{
    private static nint s_graveyard;

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
                SubHeapPool.Return(heap, heap->ScrubOnReturn);
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
        // Not the thread's any more: another that gets its stack would find it, and bury it once more.
        Volatile.Write(ref heap->Holder, SubHeap.Buried);
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
            SubHeapPool.Return(heap, heap->ScrubOnReturn);
            heap = next;
        }
    }
}
