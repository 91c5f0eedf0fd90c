using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private const int Open = 0;
    private const int Ending = 1;
    private const int Ended = 2;

    private int _state;
    private CleanupNode? _cleanups;

    /// <summary>Rises when the scope is recycled.</summary>
    internal int Generation => Instruments is { } instruments ? Volatile.Read(ref instruments.Generation) : 0;

    private void ThrowIfEnded()
    {
        if (IsEnded)
        {
            throw new RequestScopeEndedException(Name);
        }
    }

    private void AddCleanup(Delegate cleanup)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            _cleanups = new CleanupNode(cleanup, _cleanups);
        }
    }

    private void End()
    {
        if (!BeginEnding())
        {
            return;
        }

        List<Exception>? failed = RunCleanups();

        LeaveAmbient();
        Finish(failed);
    }

    /// <summary>Ends nested scopes and runs clean-ups, waiting for asynchronous ones.</summary>
    /// <returns>What they threw; null for nothing.</returns>
    private List<Exception>? RunCleanups()
    {
        List<Exception>? failed = null;
        EndChildren(ref failed);
        while (TakeCleanup() is { } cleanup)
        {
            try
            {
                if (cleanup is Func<ValueTask> asynchronous)
                {
                    asynchronous().AsTask().GetAwaiter().GetResult();
                }
                else
                {
                    ((Action)cleanup)();
                }
            }
            catch (Exception e)
            {
                (failed ??= []).Add(e);
            }
        }

        return failed;
    }

    // Not an async method itself: what one of those does to the ambient scope is undone when it returns.
    private ValueTask EndAsync()
    {
        if (!BeginEnding())
        {
            return default;
        }

        ValueTask ended = EndSlowly();
        LeaveAmbient();
        return ended;
    }

    private async ValueTask EndSlowly()
    {
        List<Exception>? failed = null;
        EndChildren(ref failed);
        while (TakeCleanup() is { } cleanup)
        {
            try
            {
                if (cleanup is Func<ValueTask> asynchronous)
                {
                    await asynchronous().ConfigureAwait(false);
                }
                else
                {
                    ((Action)cleanup)();
                }
            }
            catch (Exception e)
            {
                (failed ??= []).Add(e);
            }
        }

        LeaveAmbient();
        Finish(failed);
    }

    private bool BeginEnding() => Interlocked.CompareExchange(ref _state, Ending, Open) == Open;

    private void EndChildren(ref List<Exception>? failed)
    {
        while (FirstChild is not null)
        {
            RequestScope? child;
            lock (Gate)
            {
                child = FirstChild;
                while (child is not null && Volatile.Read(ref child._state) != Open)
                {
                    // Being ended by somebody else, who takes it out of the list.
                    child = child.NextSibling;
                }
            }

            if (child is null)
            {
                return;
            }

            try
            {
                child.End();
            }
            catch (Exception e)
            {
                (failed ??= []).Add(e);
            }
        }
    }

    private Delegate? TakeCleanup()
    {
        if (Volatile.Read(ref _cleanups) is null)
        {
            return null;
        }

        lock (Gate)
        {
            CleanupNode? node = _cleanups;
            _cleanups = node?.Earlier;
            return node?.Cleanup;
        }
    }

    private void LeaveAmbient()
    {
        if ((_mode & ScopeMode.Ambient) != 0 && s_ambient.Value == this)
        {
            RequestScope? outer = Parent;
            while (outer is not null && outer.IsEnded)
            {
                outer = outer.Parent;
            }

            s_ambient.Value = outer;
        }
    }

    private void Finish(List<Exception>? failed)
    {
        LeakReport? leaks = (_mode & ScopeMode.Debug) != 0 ? MakeLeakReport() : null;
        nint heaps;
        lock (Gate)
        {
            KeepStatistics();
            GatherPeaks();
            Detach();
            Volatile.Write(ref _state, Ended);
            heaps = TakeHeaps();
        }

        TakeBackAll(heaps);
        Instruments?.Dispose();
        Report(leaks, failed);
    }

    private void Report(LeakReport? leaks, List<Exception>? failed)
    {
        if (leaks is { TotalBlocks: > 0 })
        {
            RuntimeMetrics.Leaks.Add(leaks.TotalBlocks);
            RuntimeEventSource.Log.Leaks(Id, Name ?? "", leaks.TotalBlocks, leaks.TotalBytes, leaks.ToString());
            if (Instruments?.OnLeaks is { } listen)
            {
                try
                {
                    listen(leaks);
                }
                catch (Exception e)
                {
                    (failed ??= []).Add(e);
                }
            }
            else
            {
                Console.Error.WriteLine(leaks);
            }
        }

        if (failed is null)
        {
            return;
        }

        if (Instruments?.OnCleanupError is { } handler)
        {
            failed.ForEach(handler);
            return;
        }

        throw new AggregateException("Clean-ups of the request scope failed; its memory has been released.", failed);
    }

    private unsafe nint TakeHeaps()
    {
        nint heaps = _heaps;
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
            heap->Watcher = ThreadRecord.None;
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
            SubHeapPool.Leave(heap, (ThreadRecord*)holder);
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
        if (Interlocked.CompareExchange(ref heap->Holder, me, holder) != holder)
        {
            return;
        }

        if (heap->ScopeId != id || heap->Scope is not null)
        {
            Volatile.Write(ref heap->Holder, holder);
            return;
        }

        RuntimeMetrics.Forgotten.Add(1);
        RuntimeEventSource.Log.ScopeForgotten(id, heap->LiveBytes);
        SubHeapPool.Return(heap, heap->ScrubOnReturn);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CompleteRequest()
    {
        if (!IsPersistent)
        {
            throw new InvalidOperationException("Only a persistent scope counts requests; begin it with BeginPersistent.");
        }

        ThrowIfEnded();
        ScopeInstruments instruments = Instruments!;
        int served = Interlocked.Increment(ref instruments.Requests);
        if (instruments.RecycleAfter > 0 && served >= instruments.RecycleAfter)
        {
            Recycle(instruments);
            return true;
        }

        if (instruments.GrowthAlarm > 0)
        {
            WatchGrowth(instruments, served);
        }

        return false;
    }

    private void WatchGrowth(ScopeInstruments instruments, int served)
    {
        long usage = Usage(real: false);
        if (served == 1)
        {
            instruments.Baseline = usage;
        }
        else if (usage - instruments.Baseline >= instruments.GrowthAlarm)
        {
            RuntimeEventSource.Log.Growth(Id, Name ?? "", instruments.Baseline, usage, served);
            instruments.OnGrowth?.Invoke(new GrowthAlarm(Name, instruments.Baseline, usage, served));
            instruments.Baseline = usage;
        }
    }

    private void Recycle(ScopeInstruments instruments)
    {
        List<Exception>? failed = RunCleanups();

        LeakReport? leaks = (_mode & ScopeMode.Debug) != 0 ? MakeLeakReport() : null;
        nint heaps;
        lock (Gate)
        {
            KeepStatistics();
            GatherPeaks();
            Interlocked.Increment(ref instruments.Generation);
            heaps = TakeHeaps();
            instruments.StartOver();
        }

        TakeBackAll(heaps);
        Report(leaks, failed);
    }
}
