using System.Numerics;

namespace LifetimeAnalyzers;

/// <summary>
/// Hands out chunks of the region and takes them back. Free chunks with memory behind them are kept, newest first, up to
/// <see cref="MemoryRetention.MaxCachedBytes"/>; the <see cref="Trimmer"/> gives back what is not needed. Thread-safe.
/// </summary>
internal static unsafe class ChunkSource
{
    private static readonly object s_gate = new();
    private static readonly ulong[] s_taken = new ulong[(Region.Slots + 63) / 64];
    private static ChunkInfo* s_cached;
    private static int s_cachedCount;
    private static int s_firstFree;
    private static int s_inUse;
    private static int s_peakInUse;
    private static int s_peakEver;
    private static long s_releases;
    private static long s_takes;

    /// <summary>Bytes of free chunks with memory behind them.</summary>
    public static long CachedBytes => (long)Volatile.Read(ref s_cachedCount) << Region.ChunkShift;

    /// <summary>Bytes of chunks handed out.</summary>
    public static long InUseBytes => (long)Volatile.Read(ref s_inUse) << Region.ChunkShift;

    /// <summary>The most bytes of chunks that were ever handed out at once.</summary>
    public static long PeakBytes => (long)Volatile.Read(ref s_peakEver) << Region.ChunkShift;

    /// <summary>How often chunks were handed out.</summary>
    public static long TakenCount => Volatile.Read(ref s_takes);

    /// <summary>How often memory was given back to the system.</summary>
    public static long Releases => Volatile.Read(ref s_releases);

    /// <summary>Takes consecutive chunks.</summary>
    /// <returns>The first of them; null when the system has no more.</returns>
    public static ChunkInfo* Take(int slots)
    {
        lock (s_gate)
        {
            ChunkInfo* first = slots == 1 ? TakeOne() : TakeMany(slots);
            if (first != null)
            {
                first->Slots = slots;
                s_takes++;
                s_inUse += slots;
                s_peakInUse = Math.Max(s_peakInUse, s_inUse);
                s_peakEver = Math.Max(s_peakEver, s_inUse);
            }

            return first;
        }
    }

    /// <summary>Takes back what <see cref="Take"/> gave.</summary>
    public static void Return(ChunkInfo* first)
    {
        int slots = first->Slots;
        for (int i = 0; i < slots; i++)
        {
            ChunkInfo* info = Region.InfoOfSlot(Region.SlotOf(first) + i);
            info->Heap = SubHeap.Nobody;
            info->HugeBytes = 0;
            info->SlotsBefore = 0;
            info->Dirty = true;
        }

        first->Slots = 1;
        long room = MemoryRetention.MaxCachedBytes >> Region.ChunkShift;
        int kept;
        lock (s_gate)
        {
            s_inUse -= slots;
            kept = (int)Math.Clamp(room - s_cachedCount, 0, slots);
            for (int i = 0; i < kept; i++)
            {
                Cache(Region.InfoOfSlot(Region.SlotOf(first) + i));
            }
        }

        if (kept < slots)
        {
            GiveBack(Region.SlotOf(first) + kept, slots - kept);
        }

        Trimmer.EnsureRunning();
    }

    /// <summary>The most chunks that were in use since the last call.</summary>
    public static int TakePeakInUse(out int inUse)
    {
        lock (s_gate)
        {
            int peak = s_peakInUse;
            s_peakInUse = inUse = s_inUse;
            return peak;
        }
    }

    /// <summary>Gives cached chunks back to the system until no more than <paramref name="bytes"/> are kept.</summary>
    public static void ReleaseBeyond(long bytes)
    {
        while (true)
        {
            ChunkInfo* info;
            lock (s_gate)
            {
                if ((long)s_cachedCount << Region.ChunkShift <= bytes)
                {
                    return;
                }

                info = Mark(Region.SlotOf(s_cached), 1);
            }

            // Not under the lock: it takes the system a while.
            GiveBack(Region.SlotOf(info), 1);
        }
    }

    private static void GiveBack(int slot, int slots)
    {
        SystemPages.Current.Release(Region.Base + ((nint)slot << Region.ChunkShift), (nuint)slots << Region.ChunkShift);
        lock (s_gate)
        {
            s_releases++;
            for (int i = slot; i < slot + slots; i++)
            {
                Region.InfoOfSlot(i)->Dirty = !SystemPages.Current.ReleasedPagesAreZero;
                Unmark(i);
            }
        }
    }

    private static void Unmark(int slot)
    {
        s_taken[slot >> 6] &= ~(1UL << slot);
        s_firstFree = Math.Min(s_firstFree, slot);
    }

    private static ChunkInfo* TakeOne()
    {
        if (s_cached != null)
        {
            return Mark(Region.SlotOf(s_cached), 1);
        }

        int slot = FindFree(1);
        return slot < 0 ? null : Mark(slot, 1);
    }

    private static ChunkInfo* TakeMany(int slots)
    {
        int slot = FindFree(slots);
        return slot < 0 ? null : Mark(slot, slots);
    }

    private static ChunkInfo* Mark(int slot, int slots)
    {
        if (!Region.EnsureCommitted(slot + slots))
        {
            return null;
        }

        for (int i = slot; i < slot + slots; i++)
        {
            s_taken[i >> 6] |= 1UL << i;
            ChunkInfo* info = Region.InfoOfSlot(i);
            info->Used = true;
            if (info->Cached)
            {
                Uncache(info);
            }
        }

        return Region.InfoOfSlot(slot);
    }

    /// <summary>First fit.</summary>
    private static int FindFree(int slots)
    {
        int run = 0;
        bool first = true;
        for (int slot = s_firstFree; slot < Region.Slots; slot++)
        {
            ulong word = s_taken[slot >> 6];
            if (word == ulong.MaxValue)
            {
                run = 0;
                slot |= 63;
                continue;
            }

            if ((word & (1UL << slot)) != 0)
            {
                run = 0;
                int rest = BitOperations.TrailingZeroCount(~(word >> slot));
                slot += Math.Max(rest, 1) - 1;
                continue;
            }

            if (first)
            {
                s_firstFree = slot;
                first = false;
            }

            if (++run == slots)
            {
                return slot - slots + 1;
            }
        }

        return -1;
    }

    private static void Cache(ChunkInfo* info)
    {
        info->Previous = null;
        info->Next = s_cached;
        if (s_cached != null)
        {
            s_cached->Previous = info;
        }

        s_cached = info;
        info->Cached = true;
        s_cachedCount++;
        Unmark(Region.SlotOf(info));
    }

    private static void Uncache(ChunkInfo* info)
    {
        if (info->Previous != null)
        {
            info->Previous->Next = info->Next;
        }
        else
        {
            s_cached = info->Next;
        }

        if (info->Next != null)
        {
            info->Next->Previous = info->Previous;
        }

        info->Next = info->Previous = null;
        info->Cached = false;
        s_cachedCount--;
    }
}
