using System.Numerics;

namespace LifetimeAnalyzers;

/// <summary>
/// Hands out chunks of the region and takes them back. Free chunks with memory behind them are kept, newest first, as
/// <see cref="Retention"/> allows; the <see cref="Trimmer"/> gives back what is not needed. Thread-safe.
/// </summary>
internal static unsafe class ChunkSource
{
    private static readonly object s_gate = new();
    private static readonly ulong[] s_taken = new ulong[(Region.Slots + 63) / 64];
    private static ChunkInfo* s_cached;
    private static int s_cachedCount;
    private static int s_firstFree;

    /// <summary>Bytes of free chunks with memory behind them.</summary>
    public static long CachedBytes => (long)Volatile.Read(ref s_cachedCount) << Region.ChunkShift;

    /// <summary>Takes a chunk.</summary>
    /// <returns>Null when the system has no more.</returns>
    public static ChunkInfo* Take()
    {
        ChunkInfo* info;
        lock (s_gate)
        {
            int slot = s_cached != null ? Region.SlotOf(s_cached) : FindFree();
            info = slot < 0 ? null : Mark(slot);
        }

        if (info != null)
        {
            Retention.Took(Region.ChunkBytes);
        }

        return info;
    }

    /// <summary>Takes back what <see cref="Take"/> gave.</summary>
    public static void Return(ChunkInfo* info)
    {
        info->Heap = SubHeap.Nobody;
        info->Dirty = true;
        Retention.Returned(Region.ChunkBytes);
        bool kept;
        lock (s_gate)
        {
            kept = Retention.HasRoomFor(Region.ChunkBytes);
            if (kept)
            {
                Cache(info);
            }
        }

        if (!kept)
        {
            GiveBack(info);
        }

        Trimmer.EnsureRunning();
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

                info = Mark(Region.SlotOf(s_cached));
            }

            // Not under the lock: it takes the system a while.
            GiveBack(info);
        }
    }

    private static void GiveBack(ChunkInfo* info)
    {
        SystemPages.Current.Release(Region.MemoryOf(info), Region.ChunkBytes);
        Retention.Released();
        lock (s_gate)
        {
            info->Dirty = !SystemPages.Current.ReleasedPagesAreZero;
            Unmark(Region.SlotOf(info));
        }
    }

    private static void Unmark(int slot)
    {
        s_taken[slot >> 6] &= ~(1UL << slot);
        s_firstFree = Math.Min(s_firstFree, slot);
    }

    private static ChunkInfo* Mark(int slot)
    {
        if (!Region.EnsureCommitted(slot + 1))
        {
            return null;
        }

        s_taken[slot >> 6] |= 1UL << slot;
        ChunkInfo* info = Region.InfoOfSlot(slot);
        info->Used = true;
        if (info->Cached)
        {
            Uncache(info);
        }

        return info;
    }

    private static int FindFree()
    {
        for (int word = s_firstFree >> 6; word < s_taken.Length; word++)
        {
            if (s_taken[word] != ulong.MaxValue)
            {
                int slot = (word << 6) + BitOperations.TrailingZeroCount(~s_taken[word]);
                s_firstFree = slot;
                return slot < Region.Slots ? slot : -1;
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
