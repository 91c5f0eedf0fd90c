using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// Medium and huge blocks, and fresh runs for small ones, when nothing else is in the way: the thread holds the sub-heap,
/// the allowance suffices, nobody watches.
/// </summary>
internal static unsafe class MiddlePath
{
    /// <summary>Allocates.</summary>
    /// <returns>0 when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Allocate(SubHeap* heap, MemoryFunction function, ulong bytes)
    {
        if (heap == null || !ThreadRecord.Owns(ThreadState.Record, heap) || bytes > AllocationSize.Max)
        {
            return 0;
        }

        ulong charged = SizeClasses.Rounded(bytes);
        long real = heap->Real;
        if (heap->Used + charged > heap->Trigger || (bytes > SizeClasses.MediumMax && function == MemoryFunction.Ecalloc))
        {
            return 0;
        }

        nint block = Blocks.Take(heap, bytes);
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

    /// <summary>Releases a medium or huge block.</summary>
    /// <returns>False when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Release(long strictScope, nint block)
    {
        if (!Region.Contains(block))
        {
            return ReleaseHuge(strictScope, block);
        }

        ClassSlot* slot = PageTable.SlotOf(block);
        SubHeap* heap = SubHeap.Of(slot);
        if (!ThreadRecord.Owns(ThreadState.Record, heap) || (strictScope != 0 && heap->ScopeId != strictScope) || (block & (SizeClasses.PageBytes - 1)) != 0 || FastPath.IsReleased(block))
        {
            return false;
        }

        if (SubHeap.PlaceOf(slot) is not (> SizeClasses.SmallCount and <= SizeClasses.Count))
        {
            return false;
        }

        FastPath.Link(block, slot->Free);
        slot->Free = block;
        heap->Peak = Math.Max(heap->Peak, heap->Used);
        heap->Used -= slot->Size;
        return true;
    }

    private static bool ReleaseHuge(long strictScope, nint block)
    {
        HugeBlock* huge = HugeIndex.Find(block);
        if (huge == null)
        {
            return false;
        }

        SubHeap* heap = huge->Heap;
        ulong charged = huge->Charged;
        if (!ThreadRecord.Owns(ThreadState.Record, heap) || (strictScope != 0 && heap->ScopeId != strictScope) || charged == 0 || huge->Remote)
        {
            return false;
        }

        HugeBlocks.Free(heap, huge);
        heap->Peak = Math.Max(heap->Peak, heap->Used);
        heap->Used -= charged;
        return true;
    }
}
