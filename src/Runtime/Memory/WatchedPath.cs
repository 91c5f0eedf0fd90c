namespace LifetimeAnalyzers;

/// <summary>Small blocks of a scope that is watched (debug, trace, statistics, faults), when the thread holds the sub-heap.</summary>
internal static unsafe class WatchedPath
{
    /// <summary>Whether <paramref name="heap"/> is a watched sub-heap of the scope, in the hands of the calling thread.</summary>
    public static bool Holds(SubHeap* heap, RequestScope? scope) =>
        heap != null && heap->Instrumented && scope is not null && heap->Holder == (nint)ThreadState.Record && heap->ScopeId == scope.Id && heap->Condemned == 0;

    /// <summary>Releases a block.</summary>
    /// <param name="scope">The scope that is expected to own it.</param>
    /// <param name="block">The block.</param>
    /// <returns>False when the slow path must be taken; nothing is changed then.</returns>
    public static bool Release(RequestScope? scope, nint block)
    {
        if (!Region.Contains(block))
        {
            return false;
        }

        ChunkInfo* info = Region.InfoOf(block);
        SubHeap* heap = info->Heap;
        if (!Holds(heap, scope))
        {
            return false;
        }

        nint start = heap->Debug ? block - DebugBlocks.Header : block;
        ClassSlot* slot = SubHeap.SlotOfPage(heap, info->PageMap[Runs.PageOf((void*)start)]);
        uint reciprocal = slot->Reciprocal;
        if (!Region.Contains(start) || Region.InfoOf(start) != info
            || ((uint)start & (SizeClasses.RunBytes - 1)) * reciprocal >= reciprocal || (start >= slot->Bump && start < slot->End)
            || FastPath.IsReleased(start) || (heap->Debug && !DebugBlocks.TryClose(start, (ulong)slot->Size)))
        {
            return false;
        }

        ulong charged = heap->Debug ? SizeClasses.Rounded(DebugBlocks.SizeOf(start)) : (ulong)slot->Size;
        scope!.NoteRelease(heap, start, charged, counted: true, remote: false);
        heap->Peak = Math.Max(heap->Peak, heap->Used);
        heap->Used -= charged;
        FastPath.Link(start, slot->Free);
        slot->Free = start;
        return true;
    }
}
