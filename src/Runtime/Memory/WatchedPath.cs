using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>
/// Small blocks of a scope in debug mode or with statistics, when the thread holds the sub-heap and nobody needs to be told
/// of each single call: all that is noted lies in the block's header and the sub-heap's counters. Up to
/// <see cref="DebugBlocks.FilledInline"/> bytes without a call on the way, so that no register has to be saved.
/// </summary>
internal static unsafe class WatchedPath
{
    /// <summary>Allocates.</summary>
    /// <param name="heap">The sub-heap; may be null.</param>
    /// <param name="function">The function that was called.</param>
    /// <param name="bytes">The size.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    /// <param name="stackAddress">An address in the calling thread's stack.</param>
    /// <returns>0 when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Allocate(SubHeap* heap, MemoryFunction function, ulong bytes, string file, int line, nuint stackAddress)
    {
        if (bytes > SizeClasses.SmallMax - DebugBlocks.Overhead || heap == null || !ThreadRecord.InWindow(heap->Watcher, stackAddress))
        {
            return 0;
        }

        bool debug = heap->Debug;
        ulong room = bytes + (debug ? (ulong)DebugBlocks.Overhead : 0);
        ulong used = heap->Used + SubHeap.SlotForSmall(heap, bytes)->Size;
        ClassSlot* slot = SubHeap.SlotForSmall(heap, room);
        nint start = slot->Free;
        int site = debug ? CallSites.KnownNumber(file, line, function) : 0;
        if (used > heap->Grant || (debug && !heap->Counters->HasRoomFor(site)))
        {
            return 0;
        }

        if (start != 0)
        {
            nint next = *(nint*)start;
            if (((nint*)start)[1] != (next ^ (start ^ FastPath.Key)))
            {
                return 0;
            }

            slot->Free = next;
        }
        else
        {
            if (!slot->HasRoom)
            {
                return 0;
            }

            start = slot->Bump;
            slot->Bump = start + (nint)slot->Size;
        }

        heap->Used = used;
        ((nint*)start)[1] = 0;
        if (heap->Counts)
        {
            heap->Counters->Count(function, bytes);
        }

        if (debug)
        {
            heap->Counters->BornKnown(site, bytes);
            return DebugBlocks.Open(start, bytes, site, function == MemoryFunction.Ecalloc);
        }

        if (function == MemoryFunction.Ecalloc)
        {
            DebugBlocks.Fill(start, bytes, 0);
        }

        return start;
    }

    /// <summary>Releases a block.</summary>
    /// <param name="strict">The scope that it must belong to; null for any that the calling thread may release it in.</param>
    /// <param name="block">The block, which lies in the region.</param>
    /// <param name="stackAddress">An address in the calling thread's stack.</param>
    /// <param name="most">Larger blocks of a debug scope are left to the slow path.</param>
    /// <returns>False when the slow path must be taken; nothing is changed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Release(RequestScope? strict, nint block, nuint stackAddress, ulong most)
    {
        ClassSlot* slot = PageTable.SlotOf(block);
        SubHeap* heap = SubHeap.Of(slot);
        if (!ThreadRecord.InWindow(heap->Watcher, stackAddress) || (strict is null ? heap->Explicit : heap->ScopeId != strict.Id))
        {
            return false;
        }

        bool debug = heap->Debug;
        nint start = debug ? block - DebugBlocks.Header : block;
        if ((block & (SizeClasses.RunBytes - 1)) < DebugBlocks.Header && debug)
        {
            return false; // it would start in another run
        }

        uint reciprocal = slot->Reciprocal;
        ulong charged = slot->Size;
        if (charged > SizeClasses.SmallMax || ((uint)start & (SizeClasses.RunBytes - 1)) * reciprocal >= reciprocal || slot->MayBeUncut(start))
        {
            return false;
        }

        ulong bytes = 0;
        if (debug)
        {
            if (!DebugBlocks.IsIntact(start, charged, out bytes) || bytes > most)
            {
                return false;
            }

            charged = SubHeap.SlotForSmall(heap, bytes)->Size;
            heap->Counters->Died(DebugBlocks.SiteOf(start), bytes);
        }
        else if (FastPath.IsReleased(start))
        {
            return false;
        }

        if (heap->Counts)
        {
            heap->Counters->Count(MemoryFunction.Efree, charged);
        }

        ulong used = heap->Used;
        if (used > heap->Peak)
        {
            heap->Peak = used;
        }

        heap->Used = used - charged;
        FastPath.Link(start, slot->Free);
        slot->Free = start;
        if (debug)
        {
            DebugBlocks.CloseIntact(start, bytes);
        }

        return true;
    }
}
