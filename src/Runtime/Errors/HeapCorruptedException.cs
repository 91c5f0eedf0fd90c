namespace LifetimeAnalyzers;

/// <summary>
/// A released block was written to, so the list of free blocks that ran through it is lost. The blocks on that list are
/// not used again before their scope ends; everything else goes on.
/// </summary>
public sealed class HeapCorruptedException : InvalidOperationException
{
    internal HeapCorruptedException(nint block)
        : base($"The request block 0x{block:x} was written to after it had been released (use after free).") => Pointer = block;

    /// <summary>The block that was written to.</summary>
    public nint Pointer { get; }

    internal static unsafe void ThrowIfOverwritten(SubHeap* heap, int sizeClass, nint block)
    {
        if (!FastPath.IsReleased(block))
        {
            SubHeap.Slot(heap, sizeClass)->Free = 0;
            throw new HeapCorruptedException(block);
        }
    }
}
