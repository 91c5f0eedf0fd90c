namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private unsafe nint TakeHeaps()
    {
        nint heaps = _heaps;
        for (var heap = (SubHeap*)heaps; heap != null; heap = heap->Next)
        {
            heap->Detached = true;
        }

        Volatile.Write(ref _heaps, 0);
        Volatile.Write(ref _heap, (nint)SubHeap.Nobody);
        return heaps;
    }

    /// <summary>
    /// Takes all memory away. Sub-heaps that another thread works on are marked, and handed in by that thread. Not under
    /// the gate, since it may give memory back to the system.
    /// </summary>
    private unsafe void TakeBackAll(nint heaps)
    {
        var heap = (SubHeap*)heaps;
        ThreadRecord* me = heap == null ? null : ThreadState.Record;
        while (heap != null)
        {
            // All that must be known of it, before: as soon as it is condemned, the thread that holds it may hand it in, and
            // others take it for another scope.
            SubHeap* next = heap->Next;
            bool explicitly = heap->Explicit;
            heap->Watcher = ThreadRecord.NoWindow;
            Interlocked.Exchange(ref heap->Trigger, 0ul);
            Interlocked.Exchange(ref heap->Condemned, 1);
            TakeBack(heap, me, explicitly);
            heap = next;
        }
    }

    private unsafe void TakeBack(SubHeap* heap, ThreadRecord* me, bool explicitly)
    {
        nint holder = Interlocked.CompareExchange(ref heap->Holder, (nint)me, SubHeap.Idle);
        if (holder == SubHeap.Idle || holder == (nint)me)
        {
            if (heap->ScopeId != Id)
            {
                CheckIn(heap, (nint)me); // handed in by another thread, and in use again
                return;
            }

            if (ThreadState.Heap == heap)
            {
                ThreadState.Heap = null;
            }

            SubHeapPool.Return(heap, (_mode & ScopeMode.ScrubOnEnd) != 0);
        }
        else if (explicitly)
        {
            // The thread that holds it may be in the middle of using it; it does not hand it in by itself.
            CondemnedHeaps.Leave(heap, (ThreadRecord*)holder);
        }

        // Any other thread that holds it hands it in when it turns to other work.
    }

    /// <summary>Takes back a sub-heap whose scope nobody refers to any more, and reports that the scope was not ended.</summary>
    internal static unsafe void ReclaimForgotten(SubHeap* heap)
    {
        long id = heap->ScopeId;
        if (id == 0 || heap->Condemned != 0 || heap->Scope is not null)
        {
            return;
        }

        nint holder = Volatile.Read(ref heap->Holder);
        if (holder == SubHeap.Pooled || (holder != SubHeap.Idle && !heap->Explicit))
        {
            return;
        }

        // All of this may have been so of different scopes, one after the other. Whether the sub-heap is still that one's is
        // certain only when its number is taken away: no two have the same, and a scope that ends takes it away first.
        nint me = (nint)ThreadState.Record;
        if (holder != SubHeap.Idle)
        {
            // The thread that holds it may be in the middle of using it, wrong as that would be.
            if (Interlocked.CompareExchange(ref heap->ScopeId, 0, id) == id)
            {
                Interlocked.Exchange(ref heap->Condemned, 1);
                heap->Owner = heap->Watcher = ThreadRecord.NoWindow;
                NoteForgotten(id, heap);
                CondemnedHeaps.Leave(heap, (ThreadRecord*)holder);
            }

            return;
        }

        if (Interlocked.CompareExchange(ref heap->Holder, me, holder) != holder)
        {
            return;
        }

        if (Interlocked.CompareExchange(ref heap->ScopeId, 0, id) != id)
        {
            CheckIn(heap, me);
            return;
        }

        NoteForgotten(id, heap);
        SubHeapPool.Return(heap, heap->ScrubOnReturn);
    }

    private static unsafe void NoteForgotten(long id, SubHeap* heap)
    {
        RuntimeMetrics.Forgotten.Add(1);
        RuntimeEventSource.Log.ScopeForgotten(id, heap->LiveBytes);
    }
}
