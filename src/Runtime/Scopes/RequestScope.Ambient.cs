namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private static readonly AsyncLocal<RequestScope?> s_ambient = new(OnAmbientChanged);

    /// <summary>The scope that this code was started in, ended or not.</summary>
    internal static RequestScope? Ambient => ThreadState.Scope;

    // Runs whenever a thread turns to other work. An exception here ends the process, and a lock would stop the thread
    // pool: so there is neither.
    private static unsafe void OnAmbientChanged(AsyncLocalValueChangedArgs<RequestScope?> change)
    {
        SubHeap* heap = ThreadState.Heap;
        if (heap != null)
        {
            ThreadState.Heap = null;
            CheckIn(heap);
        }

        ThreadState.Scope = change.CurrentValue;
    }

    /// <summary>Lets other threads of the scope have the sub-heap that the calling thread held.</summary>
    private static unsafe void CheckIn(SubHeap* heap)
    {
        nint me = (nint)ThreadState.Record;
        if (!heap->Explicit && heap->Holder == me)
        {
            CheckIn(heap, me);
        }
    }

    /// <summary>Lets other threads have what a thread held that is gone.</summary>
    internal static unsafe void CheckInAll(ThreadRecord* gone)
    {
        for (SubHeap* heap = SubHeap.All; heap != null; heap = heap->AllNext)
        {
            if (heap->Holder == (nint)gone && !heap->Explicit)
            {
                CheckIn(heap, (nint)gone);
            }
        }
    }

    private static unsafe void CheckIn(SubHeap* heap, nint me)
    {
        heap->Owner = heap->Watcher = ThreadRecord.NoWindow;
        Interlocked.Exchange(ref heap->Holder, SubHeap.Idle);

        // The scope may have ended in between; whoever gets hold of the sub-heap then hands it in.
        if (Volatile.Read(ref heap->Condemned) != 0 && Interlocked.CompareExchange(ref heap->Holder, me, SubHeap.Idle) == SubHeap.Idle)
        {
            if (heap->Condemned != 0)
            {
                SubHeapPool.Bury(heap);
            }
            else
            {
                Volatile.Write(ref heap->Holder, SubHeap.Idle);
            }
        }
    }

    /// <summary>Gets the calling thread a sub-heap to keep until the ambient scope, which is this one, changes.</summary>
    private unsafe SubHeap* CheckOutAmbient()
    {
        SubHeap* heap = ThreadState.Heap;
        if (heap != null)
        {
            if (heap->Condemned == 0 && heap->ScopeId == Id && heap->Holder == (nint)ThreadState.Record)
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
            if (heap->Holder == (nint)me && heap->Condemned == 0 && heap->ScopeId == Id)
            {
                return heap;
            }
        }

        for (SubHeap* heap = (SubHeap*)Volatile.Read(ref _heaps); heap != null && heap->ScopeId == Id; heap = heap->Next)
        {
            if (heap->Holder == SubHeap.Idle && Interlocked.CompareExchange(ref heap->Holder, (nint)me, SubHeap.Idle) == SubHeap.Idle)
            {
                if (heap->ScopeId == Id && heap->Condemned == 0)
                {
                    Hold(heap, me, explicitly);
                    return heap;
                }

                CheckIn(heap);
            }
        }

        return AddSubHeap(me, explicitly);
    }

    private unsafe SubHeap* AddSubHeap(ThreadRecord* me, bool explicitly)
    {
        SubHeapPool.Exhume();
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
                Hold(heap, me, explicitly);
                return heap;
            }
        }

        SubHeapPool.Return(heap, scrub: false);
        throw new RequestScopeEndedException(Name);
    }

    private unsafe void Hold(SubHeap* heap, ThreadRecord* me, bool explicitly)
    {
        heap->Explicit = explicitly;
        if (!heap->Instrumented)
        {
            heap->Owner = me->Window;
        }
        else if (Instruments is { Faults: null, Trace: false })
        {
            heap->Watcher = me->Window;
        }

        _heap = (nint)heap;
    }
}
