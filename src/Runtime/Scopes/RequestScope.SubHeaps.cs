namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    /// <summary>Gets the calling thread a sub-heap to keep until the ambient scope, which is this one, changes.</summary>
    private unsafe SubHeap* CheckOutAmbient()
    {
        SubHeap* heap = ThreadState.Heap;
        if (heap != null)
        {
            if (IsMine(heap, ThreadState.Record))
            {
                return heap;
            }

            ThreadState.Heap = null;
            CheckIn(heap);
        }

        heap = TakeSubHeap(explicitly: false);
        ThreadState.Heap = heap;
        return heap;
    }

    /// <summary>Takes a sub-heap that the thread holds already, an idle one, or a new one.</summary>
    private unsafe SubHeap* TakeSubHeap(bool explicitly)
    {
        ThreadRecord* me = ThreadState.Record;
        for (SubHeap* heap = (SubHeap*)Volatile.Read(ref _heaps); heap != null && heap->ScopeId == Id; heap = heap->Next)
        {
            if (IsMine(heap, me) && (explicitly || !heap->Explicit || TryMakeAmbient(heap)))
            {
                return heap;
            }
        }

        SubHeap* idle = explicitly ? TakeIdleExplicitly(me) : TakeIdle(me);
        return idle != null ? idle : AddSubHeap(me, explicitly);
    }

    private unsafe bool IsMine(SubHeap* heap, ThreadRecord* me) =>
        heap->Holder == (nint)me && heap->Condemned == 0 && !heap->Detached && heap->ScopeId == Id;

    /// <summary>Lets a sub-heap that the thread held through the object be handed in when the ambient scope changes.</summary>
    private unsafe bool TryMakeAmbient(SubHeap* heap)
    {
        lock (Gate)
        {
            heap->Explicit &= heap->Detached; // whoever detached it goes by that
            return !heap->Detached;
        }
    }

    /// <summary>An idle sub-heap, without a lock: it happens with each step of an asynchronous request that allocates.</summary>
    private unsafe SubHeap* TakeIdle(ThreadRecord* me)
    {
        for (SubHeap* heap = (SubHeap*)Volatile.Read(ref _heaps); heap != null && heap->ScopeId == Id; heap = heap->Next)
        {
            if (heap->Holder == SubHeap.Idle && Interlocked.CompareExchange(ref heap->Holder, (nint)me, SubHeap.Idle) == SubHeap.Idle)
            {
                // The list may have been taken apart meanwhile, and this be another scope's.
                if (IsMine(heap, me))
                {
                    Hold(heap, me);
                    return heap;
                }

                CheckIn(heap);
            }
        }

        return null;
    }

    /// <summary>An idle sub-heap that is not handed in by itself: under the gate, so that whoever ends the scope knows which those are.</summary>
    private unsafe SubHeap* TakeIdleExplicitly(ThreadRecord* me)
    {
        lock (Gate)
        {
            for (SubHeap* heap = (SubHeap*)_heaps; heap != null; heap = heap->Next)
            {
                if (heap->Holder == SubHeap.Idle && Interlocked.CompareExchange(ref heap->Holder, (nint)me, SubHeap.Idle) == SubHeap.Idle)
                {
                    heap->Explicit = true;
                    Hold(heap, me);
                    return heap;
                }
            }
        }

        return null;
    }

    private unsafe SubHeap* AddSubHeap(ThreadRecord* me, bool explicitly)
    {
        CondemnedHeaps.Exhume();
        SubHeap* heap = SubHeapPool.Rent(me);
        if (ThreadState.Heap == heap)
        {
            // It was taken over from this thread when its scope ended elsewhere.
            ThreadState.Heap = null;
        }

        heap->Debug = (_mode & ScopeMode.Debug) != 0;
        heap->Instrumented = (_mode & ScopeMode.Instrumented) != 0;
        heap->ScrubOnReturn = (_mode & ScopeMode.ScrubOnEnd) != 0;
        heap->Counts = Instruments is { Statistics: true };
        if (heap->Instrumented)
        {
            SiteCounters.Prepare(heap);
        }

        heap->Explicit = explicitly;
        heap->Scope = this;
        heap->ScopeId = Id;
        heap->Condemned = 0;
        Volatile.Write(ref heap->Holder, (nint)me);
        lock (Gate)
        {
            if (!IsEnded)
            {
                heap->Next = (SubHeap*)_heaps;
                Volatile.Write(ref _heaps, (nint)heap);
                Hold(heap, me);
                return heap;
            }
        }

        SubHeapPool.Return(heap, scrub: false);
        throw new RequestScopeEndedException(Name);
    }

    private unsafe void Hold(SubHeap* heap, ThreadRecord* me)
    {
        if (!heap->Instrumented)
        {
            heap->Owner = me->Window;
        }
        else if (Instruments is { Faults: null, Trace: false })
        {
            heap->Watcher = me->Window;
            Interlocked.MemoryBarrier();
            if (heap->Condemned != 0)
            {
                // The scope ended in between. The short way does not ask for that.
                heap->Watcher = ThreadRecord.NoWindow;
            }
        }

        _heap = (nint)heap;
    }
}
