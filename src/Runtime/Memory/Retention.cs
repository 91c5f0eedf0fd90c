namespace LifetimeAnalyzers;

/// <summary>
/// How much memory the runtime has from the system, in chunks and in huge blocks together, and how much of it may be kept
/// while nobody uses it. Thread-safe.
/// </summary>
internal static class Retention
{
    private static long s_inUse;
    private static long s_peak;
    private static long s_peakSince;
    private static long s_takes;
    private static long s_releases;

    /// <summary>Bytes that are free and kept ready.</summary>
    public static long CachedBytes => ChunkSource.CachedBytes + HugeMappings.CachedBytes;

    /// <summary>Bytes handed out to sub-heaps.</summary>
    public static long InUseBytes => Volatile.Read(ref s_inUse);

    /// <summary>The most bytes that were ever handed out at once.</summary>
    public static long PeakBytes => Volatile.Read(ref s_peak);

    /// <summary>How often memory was handed out.</summary>
    public static long TakenCount => Volatile.Read(ref s_takes);

    /// <summary>How often memory was given back to the system.</summary>
    public static long Releases => Volatile.Read(ref s_releases);

    /// <summary>Whether that many bytes more may be kept.</summary>
    public static bool HasRoomFor(long bytes) => CachedBytes + bytes <= MemoryRetention.MaxCachedBytes;

    /// <summary>Counts memory that a sub-heap was given.</summary>
    public static void Took(long bytes)
    {
        Interlocked.Increment(ref s_takes);
        long inUse = Interlocked.Add(ref s_inUse, bytes);
        Raise(ref s_peak, inUse);
        Raise(ref s_peakSince, inUse);
    }

    /// <summary>Counts memory that a sub-heap gave back.</summary>
    public static void Returned(long bytes) => Interlocked.Add(ref s_inUse, -bytes);

    /// <summary>Counts that memory goes back to the system.</summary>
    public static void Released() => Interlocked.Increment(ref s_releases);

    /// <summary>The most bytes that were in use since the last call.</summary>
    public static long TakePeakInUse(out long inUse)
    {
        inUse = InUseBytes;
        return Math.Max(Interlocked.Exchange(ref s_peakSince, inUse), inUse);
    }

    /// <summary>Gives what is kept back to the system until no more than <paramref name="bytes"/> are left.</summary>
    public static void ReleaseBeyond(long bytes)
    {
        HugeMappings.ReleaseBeyond(Math.Max(0, bytes - ChunkSource.CachedBytes));
        ChunkSource.ReleaseBeyond(Math.Max(0, bytes - HugeMappings.CachedBytes));
    }

    private static void Raise(ref long high, long value)
    {
        for (long seen = Volatile.Read(ref high); value > seen;)
        {
            long found = Interlocked.CompareExchange(ref high, value, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
