using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// Huge blocks, medium ones that were not used before, and fresh runs for small ones, when nothing else is in the way: the
/// thread holds the sub-heap, the allowance suffices, nobody watches.
/// </summary>
internal static unsafe class MiddlePath
{
    /// <summary>Allocates.</summary>
    /// <param name="heap">The sub-heap; may be null.</param>
    /// <param name="function">The function that was called.</param>
    /// <param name="bytes">The size.</param>
    /// <param name="stackAddress">An address in the calling thread's stack.</param>
    /// <returns>0 when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Allocate(SubHeap* heap, MemoryFunction function, ulong bytes, nuint stackAddress)
    {
        if (heap == null || !ThreadRecord.InWindow(heap->Owner, stackAddress) || bytes > AllocationSize.Max)
        {
            return 0;
        }

        ulong charged = SizeClasses.Rounded(bytes);
        long real = heap->Real;
        if (heap->Used + charged > heap->Trigger || (bytes > SizeClasses.MediumMax && function == MemoryFunction.Ecalloc))
        {
            return 0;
        }

        nint block = bytes > SizeClasses.MediumMax ? HugeBlocks.Take(heap, charged) : Blocks.Take(heap, bytes);
        if (block == 0)
        {
            return 0;
        }

        heap->Used += charged;
        if (heap->Real > real)
        {
            heap->Scope?.NoteReal();
        }

        if (function == MemoryFunction.Ecalloc)
        {
            NativeMemory.Clear((void*)block, (nuint)bytes);
        }

        return block;
    }

    /// <summary>Releases a huge block.</summary>
    /// <param name="strictScope">The scope that it must belong to; 0 for any that the calling thread may release it in.</param>
    /// <param name="block">The block, which lies outside the region.</param>
    /// <param name="stackAddress">An address in the calling thread's stack.</param>
    /// <returns>False when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ReleaseHuge(long strictScope, nint block, nuint stackAddress)
    {
        HugeBlock* huge = HugeIndex.Find(block);
        if (huge == null)
        {
            return false;
        }

        SubHeap* heap = huge->Heap;
        ulong charged = huge->Charged;
        if (!ThreadRecord.InWindow(heap->Owner, stackAddress) || (strictScope == 0 ? heap->Explicit : heap->ScopeId != strictScope) || charged == 0 || huge->Remote)
        {
            return false;
        }

        HugeBlocks.Free(heap, huge);
        heap->Peak = Math.Max(heap->Peak, heap->Used);
        heap->Used -= charged;
        return true;
    }
}
