namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private ScopeInstruments? Instruments { get; }

    /// <summary>Calls so far that fault injection has counted.</summary>
    internal long FaultCalls => Instruments?.Faults?.Calls ?? 0;

    private unsafe nint AllocateInstrumented(SubHeap* heap, MemoryFunction function, ulong bytes, string file, int line, bool throwing, nint old)
    {
        ScopeInstruments instruments = Instruments!;
        if (instruments.Faults is { } faults && faults.ShouldFail(function, out long call))
        {
            return throwing ? throw new SimulatedOutOfMemoryException(function.ToString(), (long)bytes, call) : 0;
        }

        ulong charged = SizeClasses.Rounded(bytes);
        if (heap->Used + charged > heap->Grant && !Reserve(heap, charged, bytes, file, line, throwing))
        {
            return 0;
        }

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

        if (instruments.Trace)
        {
            Trace(function, block, old, (long)bytes, file, line);
        }

        return block;
    }

    /// <summary>Counts and traces a release, before it happens.</summary>
    internal unsafe void NoteRelease(SubHeap* heap, nint start, ulong charged, bool counted, bool remote)
    {
        ulong bytes = heap->Debug ? DebugBlocks.SizeOf(start) : charged;
        if (heap->Debug && !remote)
        {
            heap->Counters->Died(DebugBlocks.SiteOf(start), bytes);
        }

        if (!counted)
        {
            return;
        }

        if (remote && heap->Counts)
        {
            Interlocked.Increment(ref heap->Counters->RemoteCount);
            Interlocked.Add(ref heap->Counters->RemoteAmount, (long)charged);
        }
        else if (heap->Counts)
        {
            heap->Counters->Count(MemoryFunction.Efree, charged);
        }

        if (Instruments!.Trace)
        {
            Trace(MemoryFunction.Efree, heap->Debug ? start + DebugBlocks.Header : start, 0, (long)bytes, null, 0);
        }
    }

    /// <summary>Sees a call for process memory that was made while this scope was ambient.</summary>
    internal void NoteProcessCall(MemoryFunction function, nint block, nint old, ulong bytes)
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
            Trace(function, block, old, (long)bytes, null, 0);
        }
    }

    /// <summary>Fails a call for process memory, if it is its turn.</summary>
    internal void ThrowIfProcessCallFails(MemoryFunction function, ulong bytes)
    {
        if (Instruments?.Faults is { } faults && faults.ShouldFail(function, out long call))
        {
            throw new SimulatedOutOfMemoryException(function.ToString(), (long)bytes, call);
        }
    }

    private void Trace(MemoryFunction function, nint block, nint old, long bytes, string? file, int line)
    {
        int thread = Environment.CurrentManagedThreadId;
        Instruments!.OnTrace?.Invoke(new MemoryTraceEvent(function, block, old, bytes, file, line, thread, Id));
        if (RuntimeEventSource.Log.IsEnabled())
        {
            RuntimeEventSource.Log.MemoryCall((int)function, block, old, bytes, file ?? "", line, thread, Id);
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

        return new MemoryStatistics(counts, amounts);
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
                    Blocks.DrainRemote(heap);
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
