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
            SubHeap* next = heap->Next;
            heap->Condemned = 1;
            heap->Watcher = ThreadRecord.NoWindow;
            Interlocked.Exchange(ref heap->Trigger, 0ul);
            TakeBack(heap, me);
            heap = next;
        }
    }

    private unsafe void TakeBack(SubHeap* heap, ThreadRecord* me)
    {
        bool scrub = (_mode & ScopeMode.ScrubOnEnd) != 0;
        nint holder = Volatile.Read(ref heap->Holder);
        if (holder == SubHeap.Idle)
        {
            holder = Interlocked.CompareExchange(ref heap->Holder, (nint)me, SubHeap.Idle);
            holder = holder == SubHeap.Idle ? (nint)me : holder;
        }

        if (holder == (nint)me)
        {
            if (ThreadState.Heap == heap)
            {
                ThreadState.Heap = null;
            }

            SubHeapPool.Return(heap, scrub);
        }
        else if (heap->Explicit)
        {
            // The thread that holds it may be in the middle of using it.
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

        nint me = (nint)ThreadState.Record;
        if (holder != SubHeap.Idle)
        {
            // The thread that holds it may be in the middle of using it, wrong as that would be.
            if (Interlocked.CompareExchange(ref heap->Condemned, 1, 0) == 0)
            {
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

        if (heap->ScopeId != id || heap->Scope is not null)
        {
            Volatile.Write(ref heap->Holder, holder);
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
