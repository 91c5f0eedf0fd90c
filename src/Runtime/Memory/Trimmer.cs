namespace LifetimeAnalyzers;

/// <summary>
/// Gives memory back that requests no longer need, off their path. Twice per <see cref="MemoryRetention.TrimInterval"/> it
/// keeps as much as was needed on average (Zend's rule, taken over time instead of over requests, since requests
/// overlap), and none when nothing was needed. It also takes back the memory of scopes that were forgotten without being
/// ended. Runs only while there is something to do.
/// </summary>
internal static unsafe class Trimmer
{
    private static readonly object s_gate = new();
    private static Timer? s_timer;
    private static long s_tick;
    private static int s_running;
    private static int s_busy;
    private static double s_average;
    private static long s_taken;

    /// <summary>Counts trims.</summary>
    public static long Tick => Volatile.Read(ref s_tick);

    /// <summary>Starts the timer, unless it runs.</summary>
    public static void EnsureRunning()
    {
        if (Volatile.Read(ref s_running) == 0)
        {
            Restart();
        }
    }

    /// <summary>Starts the timer with the interval that is set now.</summary>
    public static void Restart()
    {
        lock (s_gate)
        {
            if (s_timer is null)
            {
                // A timer keeps the context it is created in, and with it the request.
                using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
                s_timer = new Timer(static _ => OnTimer());
            }

            s_running = 1;
            TimeSpan period = MemoryRetention.TrimInterval / 2;
            s_timer.Change(period, period);
        }
    }

    /// <summary>Gives back everything that is not in use.</summary>
    public static void TrimAll()
    {
        Interlocked.Increment(ref s_tick);
        Reclaim();
        SubHeapPool.Strip(long.MaxValue);
        Retention.ReleaseBeyond(0);
        EnsureRunning();
    }

    private static void OnTimer()
    {
        if (Interlocked.Exchange(ref s_busy, 1) != 0)
        {
            return; // the last trim is still at it
        }

        try
        {
            TrimOnTime();
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
    }

    private static void TrimOnTime()
    {
        long tick = Interlocked.Increment(ref s_tick);
        bool scopes = Reclaim();
        bool warm = SubHeapPool.Strip(tick - 1);
        long peak = Retention.TakePeakInUse(out long inUse);
        s_average = (s_average + peak) / 2;
        long taken = Retention.TakenCount;
        bool idle = taken == s_taken;
        s_taken = taken;
        Retention.ReleaseBeyond(idle ? 0 : WholeChunks((long)s_average) - inUse);
        HugeMappings.UnmapEmpty(Math.Min(Grace.Over, Grace.Now - (long)(MemoryRetention.TrimInterval / 2).TotalMilliseconds));
        if (!scopes && !warm && idle && Retention.CachedBytes + HugeMappings.EmptyBytes == 0)
        {
            Stop();
        }
    }

    private static long WholeChunks(long bytes) => (bytes + Region.ChunkBytes - 1) & -Region.ChunkBytes;

    private static void Stop()
    {
        lock (s_gate)
        {
            s_running = 0;
            s_timer?.Change(Timeout.Infinite, Timeout.Infinite);
        }

        // Somebody may have come by and seen it running.
        if (Retention.CachedBytes + Retention.InUseBytes + HugeMappings.EmptyBytes != 0)
        {
            EnsureRunning();
        }
    }

    /// <summary>Takes back sub-heaps of threads that ended, those that were handed in, and those whose scope was collected without having been ended.</summary>
    /// <returns>Whether any sub-heap is in use.</returns>
    private static bool Reclaim()
    {
        bool used = ThreadRecord.BuryDead(Grace.Over);
        CondemnedHeaps.Exhume();
        for (SubHeap* heap = SubHeap.All; heap != null; heap = heap->AllNext)
        {
            if (Volatile.Read(ref heap->Holder) != SubHeap.Pooled)
            {
                used = true;
                RequestScope.ReclaimForgotten(heap);
            }
        }

        return used;
    }
}
