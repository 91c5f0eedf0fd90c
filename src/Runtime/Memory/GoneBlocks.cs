using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// Huge blocks whose mapping is gone. Of the last ones it stays known that they were blocks, and of which scope, so that a
/// second release is called by its name. Whoever calls holds the lock of <see cref="HugeMappings"/>.
/// </summary>
internal static unsafe class GoneBlocks
{
    private const int Remembered = 1024;

    private static HugeBlock* s_newest;
    private static HugeBlock* s_oldest;
    private static int s_count;

    /// <summary>Adds a block.</summary>
    public static void Remember(HugeBlock* block)
    {
        s_oldest = s_count++ == 0 ? block : s_oldest;
        HugeBlock.Link(block, ref s_newest);
    }

    /// <summary>Takes out a block, whose address is in use again.</summary>
    public static void Forget(HugeBlock* block)
    {
        s_count--;
        s_oldest = s_oldest == block ? block->Previous : s_oldest;
        HugeBlock.Unlink(block, ref s_newest);
    }

    /// <summary>What can be used for a new block, at an address that no block had: the one that was gone first, if enough others are.</summary>
    public static HugeBlock* TakeOldest()
    {
        if (s_count >= Remembered)
        {
            HugeBlock* oldest = s_oldest;
            Forget(oldest);
            HugeIndex.Remove(oldest);
            return oldest;
        }

        var block = (HugeBlock*)NativeMemory.AllocZeroed((nuint)sizeof(HugeBlock));
        block->Heap = SubHeap.Nobody;
        return block;
    }
}
