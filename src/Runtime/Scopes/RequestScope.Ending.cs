using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private const int Open = 0;
    private const int Ending = 1;
    private const int Ended = 2;

    private int _state;
    private int _generation;
    private int _requests;
    private int _recycleAfter;
    private long _baseline;
    private CleanupNode? _cleanups;
    private RequestScope? _firstChild;
    private RequestScope? _nextSibling;

    /// <summary>Rises when the scope is recycled.</summary>
    internal int Generation => Volatile.Read(ref _generation);

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
        while (Volatile.Read(ref _firstChild) is not null)
        {
            RequestScope? child;
            lock (Gate)
            {
                child = _firstChild;
                while (child is not null && Volatile.Read(ref child._state) != Open)
                {
                    // Being ended by somebody else, who takes it out of the list.
                    child = child._nextSibling;
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

    private void Detach()
    {
        if (Parent is not { } parent)
        {
            return;
        }

        RequestScope? before = null;
        for (RequestScope? child = parent._firstChild; child is not null; before = child, child = child._nextSibling)
        {
            if (child == this)
            {
                if (before is null)
                {
                    parent._firstChild = _nextSibling;
                }
                else
                {
                    before._nextSibling = _nextSibling;
                }

                _nextSibling = null;
                return;
            }
        }
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
    /// the gate: it may wait for a thread that waits for the gate.
    /// </summary>
    private unsafe void TakeBackAll(nint heaps)
    {
        var heap = (SubHeap*)heaps;
        ThreadRecord* me = heap == null ? null : ThreadState.Record;
        while (heap != null)
        {
            SubHeap* next = heap->Next;
            heap->Condemned = 1;
            Interlocked.Exchange(ref heap->Trigger, 0ul);
            TakeBack(heap, me);
            heap = next;
        }
    }

    private unsafe void TakeBack(SubHeap* heap, ThreadRecord* me)
    {
        bool scrub = (_mode & ScopeMode.ScrubOnEnd) != 0;
        var wait = default(SpinWait);
        while (true)
        {
            nint holder = Volatile.Read(ref heap->Holder);
            if (holder == (nint)me)
            {
                if (ThreadState.Heap == heap)
                {
                    ThreadState.Heap = null;
                }

                SubHeapPool.Return(heap, null, scrub);
                return;
            }

            if (holder == SubHeap.Idle)
            {
                if (Interlocked.CompareExchange(ref heap->Holder, (nint)me, SubHeap.Idle) == SubHeap.Idle)
                {
                    SubHeapPool.Return(heap, null, scrub);
                    return;
                }
            }
            else if (!heap->Explicit || holder == ((nint)me | 1))
            {
                // The thread that holds it hands it in when it turns to other work.
                return;
            }
            else if ((holder & 1) != 0)
            {
                wait.SpinOnce();
            }
            else if (Interlocked.CompareExchange(ref heap->Holder, (nint)me, holder) == holder)
            {
                SubHeapPool.Return(heap, (ThreadRecord*)holder, scrub);
                return;
            }
        }
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
        if (holder == SubHeap.Pooled || (holder & 1) != 0 || (holder != SubHeap.Idle && !heap->Explicit))
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
        SubHeapPool.Return(heap, holder == SubHeap.Idle ? null : (ThreadRecord*)holder, heap->ScrubOnReturn);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CompleteRequest()
    {
        if (!IsPersistent)
        {
            throw new InvalidOperationException("Only a persistent scope counts requests; begin it with BeginPersistent.");
        }

        ThrowIfEnded();
        int served = Interlocked.Increment(ref _requests);
        if (_recycleAfter > 0 && served >= _recycleAfter)
        {
            Recycle();
            return true;
        }

        WatchGrowth(served);
        return false;
    }

    private void WatchGrowth(int served)
    {
        if (Instruments is not { GrowthAlarm: > 0 } instruments)
        {
            return;
        }

        long usage = Usage(real: false);
        if (served == 1)
        {
            _baseline = usage;
        }
        else if (usage - _baseline >= instruments.GrowthAlarm)
        {
            RuntimeEventSource.Log.Growth(Id, Name ?? "", _baseline, usage, served);
            instruments.OnGrowth?.Invoke(new GrowthAlarm(Name, _baseline, usage, served));
            _baseline = usage;
        }
    }

    private void Recycle()
    {
        List<Exception>? failed = RunCleanups();

        LeakReport? leaks = (_mode & ScopeMode.Debug) != 0 ? MakeLeakReport() : null;
        nint heaps;
        lock (Gate)
        {
            KeepStatistics();
            GatherPeaks();
            Interlocked.Increment(ref _generation);
            heaps = TakeHeaps();
            Volatile.Write(ref _requests, 0);
            _baseline = 0;
            DrawRecycling();
        }

        TakeBackAll(heaps);
        Report(leaks, failed);
    }

    private void DrawRecycling()
    {
        if (Instruments is { } instruments)
        {
            _recycleAfter = instruments.MaxRequests == 0 ? 0 : instruments.MaxRequests + (instruments.MaxRequestsGrace == 0 ? 0 : Random.Shared.Next(instruments.MaxRequestsGrace + 1));
        }
    }
}
