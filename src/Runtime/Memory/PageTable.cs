using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>
/// For each page of the region, the slot that its blocks belong to: which sub-heap's, which size class's. One look-up so
/// leads from any address to all that its release needs.
/// </summary>
internal static unsafe class PageTable
{
    /// <summary>The place in a sub-heap of a page's slot, counted from <see cref="SubHeap.SlotOfPage"/>: no block is there.</summary>
    public const int NoBlock = 0;

    /// <summary>The same: a page inside a medium block.</summary>
    public const int Continued = SizeClasses.Count + 1;

    /// <summary>
    /// Bytes that the table begins behind a page: processors take addresses that are 4096 bytes apart for one another, and
    /// the first block of a chunk, where most work is, must not be so far from the first entry.
    /// </summary>
    public const int Skew = 2048;

    private const int PageShift = 12;

    /// <summary>The slot of pages without a block.</summary>
    private static readonly ClassSlot* s_none = SubHeap.SlotOfPage(SubHeap.Nobody, NoBlock);

    /// <summary>Bytes of the table for that many bytes of the region.</summary>
    public static nuint BytesFor(nuint region) => (region >> PageShift) * (nuint)sizeof(ClassSlot*);

    /// <summary>The slot of the page that <paramref name="address"/> lies in, which must be in the region.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ClassSlot* SlotOf(nint address) => SlotAt((nuint)address - (nuint)Region.Base);

    /// <summary>The slot of the page that many bytes behind the start of the region.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ClassSlot* SlotAt(nuint offset) => Region.PageSlots[offset >> PageShift];

    /// <summary><see cref="NoBlock"/>, the size class plus one, or <see cref="Continued"/>.</summary>
    public static int MappedAt(nint address) => SubHeap.PlaceOf(SlotOf(address));

    /// <summary>Notes that pages belong to a slot.</summary>
    public static void Set(void* start, int pages, ClassSlot* slot)
    {
        ClassSlot** first = Region.PageSlots + (((nuint)start - (nuint)Region.Base) >> PageShift);
        new Span<nint>(first, pages).Fill((nint)slot);
    }

    /// <summary>Notes that there is no block on pages any more.</summary>
    public static void Clear(void* start, int pages) => Set(start, pages, s_none);
}
