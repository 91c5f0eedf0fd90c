using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>
/// The one stretch of address space that chunks lie in; huge blocks lie outside. Being one stretch makes "is this ours?" a single
/// comparison, so that a wrong pointer becomes an exception and not a crash. Address space costs nothing until it is used.
/// </summary>
internal static unsafe class Region
{
    /// <summary>Binary logarithm of <see cref="ChunkBytes"/>.</summary>
    public const int ChunkShift = 21;

    /// <summary>Bytes of a chunk; chunks are aligned to that.</summary>
    public const int ChunkBytes = 1 << ChunkShift;

    /// <summary>Pages (of <see cref="SizeClasses.PageBytes"/>) of a chunk.</summary>
    public const int PagesPerChunk = ChunkBytes / SizeClasses.PageBytes;

    /// <summary>Start of the region; aligned to a chunk.</summary>
    public static readonly byte* Base;

    /// <summary>What is known of the chunks, one after the other.</summary>
    public static readonly byte* Infos;

    /// <summary>The table behind <see cref="PageTable"/>.</summary>
    public static readonly ClassSlot** PageSlots;

    /// <summary>How many chunks there is room for.</summary>
    public static readonly int Slots;

    /// <summary>Bytes from <see cref="Base"/> on that can be read and written, and whose infos can; only grows.</summary>
    public static nuint Committed;

    static Region()
    {
        foreach (nuint bytes in Candidates())
        {
            byte* start = SystemPages.Current.Reserve(bytes + ChunkBytes);
            byte* infos = start == null ? null : SystemPages.Current.Reserve(bytes >> ChunkShift << ChunkInfo.StrideShift);
            byte* pages = infos == null ? null : SystemPages.Current.Reserve(PageTable.Skew + PageTable.BytesFor(bytes));
            if (pages != null)
            {
                Base = (byte*)(((nuint)start + ChunkBytes - 1) & ~(nuint)(ChunkBytes - 1));
                Infos = infos;
                PageSlots = (ClassSlot**)(pages + PageTable.Skew);
                Slots = (int)(bytes >> ChunkShift);
                return;
            }
        }

        // No address space at all: there is no room for a single chunk, and asking for one says so.
    }

    /// <summary>Whether <paramref name="address"/> lies in request memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Contains(nint address) => (nuint)address - (nuint)Base < Committed;

    /// <summary>The chunk that holds <paramref name="address"/>, which must lie in the region.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ChunkInfo* InfoOf(nint address) => (ChunkInfo*)(Infos + (((nuint)address - (nuint)Base) >> ChunkShift << ChunkInfo.StrideShift));

    /// <summary>The chunk of that number.</summary>
    public static ChunkInfo* InfoOfSlot(int slot) => (ChunkInfo*)(Infos + ((nint)slot << ChunkInfo.StrideShift));

    /// <summary>The number of the chunk.</summary>
    public static int SlotOf(ChunkInfo* info) => (int)(((byte*)info - Infos) >> ChunkInfo.StrideShift);

    /// <summary>The memory of the chunk.</summary>
    public static byte* MemoryOf(ChunkInfo* info) => Base + ((nint)SlotOf(info) << ChunkShift);

    /// <summary>Commits until <paramref name="slots"/> chunks can be used. The caller serialises calls.</summary>
    /// <returns>False when the system refuses.</returns>
    public static bool EnsureCommitted(int slots)
    {
        nuint step = SystemPages.Current.CommitStep;
        nuint end = Math.Min(((nuint)slots * ChunkBytes + step - 1) / step * step, (nuint)Slots * ChunkBytes);
        nuint committed = Committed;
        if (end <= committed)
        {
            return true;
        }

        if (!SystemPages.Current.Commit(Base + committed, end - committed)
            || !CommitWhole(Infos, committed >> ChunkShift << ChunkInfo.StrideShift, end >> ChunkShift << ChunkInfo.StrideShift)
            || !CommitWhole((byte*)PageSlots - PageTable.Skew, PageTable.Skew + PageTable.BytesFor(committed), PageTable.Skew + PageTable.BytesFor(end)))
        {
            return false;
        }

        PageTable.Clear(Base + committed, (int)((end - committed) / SizeClasses.PageBytes));

        for (int slot = (int)(committed >> ChunkShift); slot < (int)(end >> ChunkShift); slot++)
        {
            InfoOfSlot(slot)->Heap = SubHeap.Nobody;
        }

        Volatile.Write(ref Committed, end);
        return true;
    }

    // Pages of the system may be larger than the part of a table that is needed; committing one twice does no harm.
    private static bool CommitWhole(byte* table, nuint from, nuint to)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint start = from & ~(page - 1);
        return SystemPages.Current.Commit(table + start, ((to + page - 1) & ~(page - 1)) - start);
    }

    private static IEnumerable<nuint> Candidates()
    {
        if (IntPtr.Size == 4)
        {
            return [512u << 20, 256u << 20, 64u << 20];
        }

        // Twice what the machine has is more than can be in use at once; the rest is room against fragmentation.
        ulong machine = (ulong)Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, 1L << 30);
        ulong wanted = Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2(machine * 2), 16UL << 30, 1UL << 40);
        return [(nuint)wanted, unchecked((nuint)(16UL << 30)), unchecked((nuint)(4UL << 30)), 1u << 30, 256u << 20];
    }
}
