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

    /// <summary>Takes the short ways from the sub-heaps of a thread that is gone: the next one may have the same stack.</summary>
    internal static unsafe void Disown(ThreadRecord* gone)
    {
        for (SubHeap* heap = SubHeap.All; heap != null; heap = heap->AllNext)
        {
            if (heap->Holder == (nint)gone && !heap->Explicit)
            {
                heap->Owner = heap->Watcher = ThreadRecord.NoWindow;
            }
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
        while (true)
        {
            Interlocked.Exchange(ref heap->Holder, SubHeap.Idle);

            // The scope may have ended in between; whoever gets hold of the sub-heap then hands it in.
            if (Volatile.Read(ref heap->Condemned) == 0 || Interlocked.CompareExchange(ref heap->Holder, me, SubHeap.Idle) != SubHeap.Idle)
            {
                return;
            }

            if (Volatile.Read(ref heap->Condemned) != 0)
            {
                CondemnedHeaps.Bury(heap);
                return;
            }

            // It is another scope's by now, which may end while we have it: once more.
        }
    }
}
