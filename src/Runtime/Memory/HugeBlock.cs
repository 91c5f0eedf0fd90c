using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// What is known of one huge block, which has a mapping of its own. Never freed, only used again, so that a stale pointer
/// to one can be read safely; the mapping it speaks of may be gone.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HugeBlock
{
    /// <summary>The sub-heap that the block belongs to; <see cref="SubHeap.Nobody"/> when there is none.</summary>
    public SubHeap* Heap;

    /// <summary>Start of the mapping, and of the block.</summary>
    public nint Memory;

    /// <summary>Bytes of the mapping.</summary>
    public ulong Mapped;

    /// <summary>Bytes charged; 0 when the block is not in use.</summary>
    public ulong Charged;

    /// <summary>Neighbours in whichever list the block is in.</summary>
    public HugeBlock* Next;

    /// <summary>Neighbours in whichever list the block is in.</summary>
    public HugeBlock* Previous;

    /// <summary>The scope that last released the block; tells a second release from one after the scope's end.</summary>
    public long ReleasedIn;

    /// <summary>When the memory behind the mapping went back to the system (<see cref="Grace.Now"/>).</summary>
    public long EmptySince;

    /// <summary>Another thread has released it, and the one that holds the sub-heap has not taken it back yet.</summary>
    public bool Remote;

    /// <summary>Whether something may have been written to the mapping; the system hands it out zeroed.</summary>
    public bool Dirty;

    /// <summary>Whether <paramref name="address"/> lies in the mapping.</summary>
    public readonly bool Covers(nint address) => (nuint)address - (nuint)Memory < Mapped;

    /// <summary>Puts a block in front of a list.</summary>
    public static void Link(HugeBlock* block, ref HugeBlock* first)
    {
        block->Previous = null;
        block->Next = first;
        if (first != null)
        {
            first->Previous = block;
        }

        first = block;
    }

    /// <summary>Takes a block out of a list.</summary>
    public static void Unlink(HugeBlock* block, ref HugeBlock* first)
    {
        if (block->Previous != null)
        {
            block->Previous->Next = block->Next;
        }
        else
        {
            first = block->Next;
        }

        if (block->Next != null)
        {
            block->Next->Previous = block->Previous;
        }

        block->Next = block->Previous = null;
    }
}
