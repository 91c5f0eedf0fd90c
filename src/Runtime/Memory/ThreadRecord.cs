using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// A thread as a sub-heap sees it: the addresses of its stack. "Is this the thread that holds me?" is then answered by
/// where the caller's locals are, which is cheaper than reading thread-local storage: in the window, which is the part of
/// the stack that is used first. Deeper down, where the answer is no, things go on more slowly. Records are never freed;
/// a thread that gets the stack of a dead one gets its record too.
/// </summary>
internal unsafe struct ThreadRecord
{
    /// <summary>Sub-heaps that a thread keeps ready.</summary>
    public const int PoolSlots = 4;

    /// <summary>Bytes of a window; the same for all threads, so that a sub-heap changes hands by writing one word.</summary>
    public const int WindowBytes = 512 << 10;

    /// <summary>The window of no thread: the upper end of the address space, where no stack can be.</summary>
    public static nuint NoWindow => unchecked(0 - (nuint)WindowBytes);

    private static readonly object s_gate = new();
    private static nint s_all;

    /// <summary>Lowest address of the stack; never changes.</summary>
    public nuint Low;

    /// <summary>Bytes of the stack; never changes. 0 when it could not be told.</summary>
    public nuint Size;

    /// <summary>Lowest address of the window; <see cref="NoWindow"/> when the stack has no room for one, or is not known.</summary>
    public nuint Window;

    /// <summary>The next of <see cref="All"/>.</summary>
    public ThreadRecord* Next;

    /// <summary>Condemned sub-heaps that the thread holds and may be in the middle of using.</summary>
    public nint Left;

    /// <summary>Counts the threads that had this record.</summary>
    public long Lives;

    /// <summary>When it was noticed that the last of them had ended (<see cref="Grace.Now"/>); 0 when it lives, or all has been seen to.</summary>
    public long DiedAt;

    /// <summary>Sub-heaps ready for use (addresses), taken and put by exchange.</summary>
    public fixed long Pool[PoolSlots];

    /// <summary>All records; the list only grows.</summary>
    public static ThreadRecord* All => (ThreadRecord*)Volatile.Read(ref s_all);

    /// <summary>Whether <paramref name="address"/> lies in the thread's stack.</summary>
    public readonly bool Covers(nuint address) => address - Low < Size;

    /// <summary>Whether <paramref name="address"/> lies in that window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool InWindow(nuint window, nuint address) => address - window < WindowBytes;

    /// <summary>Finds or makes the record of the calling thread.</summary>
    /// <param name="life">For <see cref="ThreadDied"/>.</param>
    public static ThreadRecord* ForCallingThread(out long life)
    {
        bool known = SystemPages.Current.TryGetStack(out nuint low, out nuint size);
        lock (s_gate)
        {
            for (ThreadRecord* record = All; known && record != null; record = record->Next)
            {
                if (record->Low == low && record->Size == size)
                {
                    // Whoever had this stack before is gone.
                    record->DiedAt = 0;
                    RequestScope.CheckInAll(record);
                    life = ++record->Lives;
                    return record;
                }
            }

            ThreadRecord* made = Create(low, size);
            made->Next = All;
            life = made->Lives = 1;
            Volatile.Write(ref s_all, (nint)made);
            return made;
        }
    }

    /// <summary>
    /// Sees to it that others get what a thread held when it ended. Not at once: a new thread with the same stack, which has
    /// not asked for its record yet, may be in the middle of releasing one of its blocks.
    /// </summary>
    public static void ThreadDied(ThreadRecord* record, long life)
    {
        lock (s_gate)
        {
            if (record->Lives == life)
            {
                RequestScope.Disown(record);
                record->DiedAt = Grace.Now;
            }
        }

        Trimmer.EnsureRunning();
    }

    /// <summary>Lets others have what threads held that have been gone since before <paramref name="time"/> (<see cref="Grace"/>).</summary>
    /// <returns>Whether there are some that have not been gone for so long.</returns>
    public static bool BuryDead(long time)
    {
        bool left = false;
        for (ThreadRecord* record = All; record != null; record = record->Next)
        {
            lock (s_gate)
            {
                if (record->DiedAt != 0 && record->DiedAt < time)
                {
                    record->DiedAt = 0;
                    RequestScope.CheckInAll(record);
                }

                left |= record->DiedAt != 0;
            }
        }

        return left;
    }

    private static ThreadRecord* Create(nuint low, nuint size)
    {
        var record = (ThreadRecord*)NativeMemory.AlignedAlloc(128, 64);
        NativeMemory.Clear(record, 128);
        record->Low = low;
        record->Size = size;
        record->Window = size < WindowBytes ? NoWindow : low + size - WindowBytes;
        return record;
    }
}
