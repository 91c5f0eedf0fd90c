namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private ScopeInstruments? Instruments { get; }

    /// <summary>Calls so far that fault injection has counted.</summary>
    internal long FaultCalls => Instruments?.Faults?.Calls ?? 0;

    /// <summary>Whether fault injection wants this call to fail.</summary>
    /// <exception cref="SimulatedOutOfMemoryException">It does, and the caller takes exceptions.</exception>
    private bool FailsHere(MemoryFunction function, ulong bytes, bool throwing)
    {
        if (Instruments?.Faults is not { } faults || !faults.ShouldFail(function, out long call))
        {
            return false;
        }

        return throwing ? throw new SimulatedOutOfMemoryException(function.ToString(), (long)bytes, call) : true;
    }

    private unsafe nint AllocateInstrumented(SubHeap* heap, MemoryFunction function, ulong bytes, ulong charged, string file, int line, bool throwing, nint old)
    {
        nint start = TakeBlock(heap, heap->Debug ? bytes + DebugBlocks.Overhead : bytes, throwing);
        if (start == 0)
        {
            return 0;
        }

        heap->Used += charged;
        nint block = start;
        if (heap->Debug)
        {
            int site = CallSites.NumberOf(file, line, function);
            block = DebugBlocks.Open(start, bytes, site, function == MemoryFunction.Ecalloc);
            heap->Counters->Born(site, bytes);
        }
        else if (function == MemoryFunction.Ecalloc)
        {
            Zero(block, bytes);
        }

        if (heap->Counts)
        {
            heap->Counters->Count(function, bytes);
        }

        if (Instruments!.Trace)
        {
            Trace(function, block, old, (long)bytes, file, line);
        }

        return block;
    }

    /// <summary>Traces a release that is about to happen.</summary>
    private unsafe void TraceRelease(SubHeap* heap, nint start, ulong charged, string file, int line)
    {
        if (Instruments!.Trace)
        {
            long bytes = (long)(heap->Debug ? DebugBlocks.SizeOf(start) : charged);
            Trace(MemoryFunction.Efree, heap->Debug ? start + DebugBlocks.Header : start, 0, bytes, file, line);
        }
    }

    /// <summary>Counts a release by the thread that holds the sub-heap.</summary>
    private static unsafe void CountRelease(SubHeap* heap, nint start, ulong charged, bool counted)
    {
        if (heap->Debug)
        {
            heap->Counters->Died(DebugBlocks.SiteOf(start), DebugBlocks.SizeOf(start));
        }

        if (counted && heap->Counts)
        {
            heap->Counters->Count(MemoryFunction.Efree, charged);
        }
    }

    /// <summary>Counts a release by another thread; that the block is gone is counted when its holder takes it back.</summary>
    private static unsafe void CountRemoteRelease(SubHeap* heap, ulong charged)
    {
        if (heap->Counts)
        {
            Interlocked.Increment(ref heap->Counters->RemoteCount);
            Interlocked.Add(ref heap->Counters->RemoteAmount, (long)charged);
        }
    }

    /// <summary>Sees a call for process memory that was made while this scope was ambient.</summary>
    internal void NoteProcessCall(MemoryFunction function, nint block, nint old, ulong bytes, string file, int line)
    {
        if (Instruments is not { } instruments)
        {
            return;
        }

        if (instruments.Statistics)
        {
            Interlocked.Increment(ref instruments.Counts[(int)function]);
            Interlocked.Add(ref instruments.Amounts[(int)function], (long)bytes);
        }

        if (instruments.Trace)
        {
            Trace(function, block, old, (long)bytes, file, line);
        }
    }

    /// <summary>Fails a call for process memory, if it is its turn.</summary>
    internal void ThrowIfProcessCallFails(MemoryFunction function, ulong bytes)
    {
        FailsHere(function, bytes, throwing: true);
    }

    private void Trace(MemoryFunction function, nint block, nint old, long bytes, string file, int line)
    {
        int thread = Environment.CurrentManagedThreadId;
        Instruments!.OnTrace?.Invoke(new MemoryTraceEvent(function, block, old, bytes, file, line, thread, Id));
        if (RuntimeEventSource.Log.IsEnabled())
        {
            RuntimeEventSource.Log.MemoryCall((int)function, block, old, bytes, file, line, thread, Id);
        }
    }

    /// <summary>Counts a text that was copied.</summary>
    internal void CountText()
    {
        if (Instruments is { Statistics: true } instruments)
        {
            Interlocked.Increment(ref instruments.Texts);
        }
    }

    private unsafe MemoryStatistics TakeStatistics()
    {
        long[] counts = new long[8];
        long[] amounts = new long[8];
        if (Instruments is { } instruments)
        {
            lock (Gate)
            {
                for (int i = 0; i < counts.Length; i++)
                {
                    counts[i] = Volatile.Read(ref instruments.Counts[i]);
                    amounts[i] = Volatile.Read(ref instruments.Amounts[i]);
                }

                for (SubHeap* heap = (SubHeap*)_heaps; heap != null; heap = heap->Next)
                {
                    if (heap->Counters != null && heap->Counts)
                    {
                        heap->Counters->AddCallsTo(counts, amounts);
                    }
                }
            }
        }

        return new MemoryStatistics(counts, amounts, Instruments is { } counted ? Volatile.Read(ref counted.Texts) : 0);
    }

    /// <summary>Saves what the sub-heaps have counted before they go.</summary>
    private unsafe void KeepStatistics()
    {
        if (Instruments is not { } instruments)
        {
            return;
        }

        lock (Gate)
        {
            long[] counts = new long[8];
            long[] amounts = new long[8];
            for (SubHeap* heap = (SubHeap*)_heaps; heap != null; heap = heap->Next)
            {
                if (heap->Counters != null && heap->Counts)
                {
                    heap->Counters->AddCallsTo(counts, amounts);
                }
            }

            for (int i = 0; i < counts.Length; i++)
            {
                Interlocked.Add(ref instruments.Counts[i], counts[i]);
                Interlocked.Add(ref instruments.Amounts[i], amounts[i]);
            }
        }
    }

    private unsafe LeakReport MakeLeakReport()
    {
        var live = new Dictionary<int, (long Blocks, long Bytes)>();
        lock (Gate)
        {
            for (SubHeap* heap = (SubHeap*)_heaps; heap != null; heap = heap->Next)
            {
                if (!heap->Debug)
                {
                    continue;
                }

                if (TryBorrow(heap, out bool borrowed))
                {
                    RemoteReleases.Drain(heap);
                    GiveBack(heap, borrowed);
                }

                heap->Counters->AddLiveTo(live);
            }
        }

        LeakSite[] sites = [.. live
            .Select(pair => (Site: CallSites.Of(pair.Key), pair.Value))
            .Select(leak => new LeakSite(leak.Site.File, leak.Site.Line, leak.Site.Function.ToString(), leak.Value.Blocks, leak.Value.Bytes))
            .OrderBy(site => site.File, StringComparer.Ordinal)
            .ThenBy(site => site.Line)
            .ThenBy(site => site.Function, StringComparer.Ordinal)];
        return new LeakReport(Name, sites);
    }

    private unsafe long CollectPages()
    {
        ThrowIfEnded();
        long freed = 0;
        lock (Gate)
        {
            for (SubHeap* heap = (SubHeap*)_heaps; heap != null; heap = heap->Next)
            {
                if (TryBorrow(heap, out bool borrowed))
                {
                    freed += Collector.Collect(heap);
                    GiveBack(heap, borrowed);
                }
            }
        }

        return freed;
    }
}
