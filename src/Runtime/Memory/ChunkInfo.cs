using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>What is known of one 2 MiB chunk. Kept apart from the chunk, so that it can be read for any address of the region.</summary>
[StructLayout(LayoutKind.Sequential, Size = Stride)]
internal unsafe struct ChunkInfo
{
    /// <summary>Bytes between two of them.</summary>
    public const int Stride = 1 << StrideShift;

    /// <summary>Binary logarithm of <see cref="Stride"/>.</summary>
    public const int StrideShift = 7;

    /// <summary>The sub-heap that the chunk belongs to; <see cref="SubHeap.Nobody"/> when it is free.</summary>
    public SubHeap* Heap;

    /// <summary>Neighbours in whichever list the chunk is in.</summary>
    public ChunkInfo* Next;

    /// <summary>Neighbours in whichever list the chunk is in.</summary>
    public ChunkInfo* Previous;

    /// <summary>For the time of a collection, the chunk's place in the sub-heap's list.</summary>
    public int Number;

    /// <summary>Pages that no run has taken.</summary>
    public int FreePages;

    /// <summary>No page below this one is free.</summary>
    public int FirstFreePage;

    /// <summary>Whether memory is behind the chunk (its content is then whatever was left there).</summary>
    public bool Dirty;

    /// <summary>Whether it is free, with memory behind it.</summary>
    public bool Cached;

    /// <summary>Whether large pages were asked for.</summary>
    public bool PrefersLargePages;

    /// <summary>Whether the chunk was ever handed out.</summary>
    public bool Used;

    /// <summary>One bit a page: taken by a run.</summary>
    public fixed ulong TakenPages[Region.PagesPerChunk / 64];
}
