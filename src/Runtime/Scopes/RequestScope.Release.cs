using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    /// <summary>Releases a block; the way when the short path does not do.</summary>
    /// <param name="strict">The scope it must belong to; null for the ambient one or one around or inside it.</param>
    /// <param name="block">The block; 0 is ignored.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    internal static unsafe void ReleaseSlow(RequestScope? strict, nint block, string file, int line)
    {
        byte here;
        if (!Region.Contains(block) || !WatchedPath.Release(strict, block, (nuint)(&here), DebugBlocks.FilledInline))
        {
            ReleaseSlower(strict, block, file, line, (nuint)(&here));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void ReleaseSlower(RequestScope? strict, nint block, string file, int line, nuint stackAddress)
    {
        bool done = Region.Contains(block)
            ? WatchedPath.Release(strict, block, stackAddress, SizeClasses.SmallMax)
            : MiddlePath.ReleaseHuge(strict is null ? 0 : strict.Id, block, stackAddress);
        if (!done)
        {
            ReleaseByHand(strict, block, file, line);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReleaseByHand(RequestScope? strict, nint block, string file, int line)
    {
        if (block != 0)
        {
            BlockLocation location = Locate(strict, block, out nint start, out RequestScope scope);
            ReleaseLocated(location, start, scope, file, line);
        }
    }

    /// <summary>Finds a live block and the scope it belongs to.</summary>
    /// <exception cref="InvalidFreeException">There is none.</exception>
    private static unsafe BlockLocation Locate(RequestScope? strict, nint block, out nint start, out RequestScope scope)
    {
        BlockLocation location = BlockLocation.Of(block);
        InvalidFreeKind? error = location.Error;
        start = block;
        if (location.Exists && location.Heap->Debug)
        {
            DebugBlocks.Locate(block, out start, ref location, ref error);
        }

        if (error is { } kind)
        {
            throw new InvalidFreeException(kind, block, DebugBlocks.Describe(location, start));
        }

        SubHeap* heap = location.Heap;
        RequestScope? owner = heap->Scope;
        if (owner is null || owner.IsEnded || heap->Condemned != 0 || heap->ScopeId != owner.Id)
        {
            throw new InvalidFreeException(InvalidFreeKind.EndedScope, block);
        }

        if (strict is not null ? strict != owner : Ambient is { } ambient && !ambient.IsRelatedTo(owner))
        {
            throw new InvalidFreeException(InvalidFreeKind.OtherScope, block, owner.Name is { } name ? $"of '{name}'" : null);
        }

        if (location.Huge == null && FastPath.IsReleased(start))
        {
            throw new InvalidFreeException(InvalidFreeKind.DoubleFree, block, DebugBlocks.Describe(location, start));
        }

        scope = owner;
        return location;
    }

    private bool IsRelatedTo(RequestScope other) => this == other || IsInside(other) || other.IsInside(this);

    private bool IsInside(RequestScope other)
    {
        for (RequestScope? scope = Parent; scope is not null; scope = scope.Parent)
        {
            if (scope == other)
            {
                return true;
            }
        }

        return false;
    }

    private static unsafe void ReleaseLocated(in BlockLocation location, nint start, RequestScope scope, string file, int line, bool counted = true)
    {
        SubHeap* heap = location.Heap;
        ulong charged = heap->Debug ? SizeClasses.Rounded(DebugBlocks.SizeOf(start)) : location.Bytes;
        if (heap->Instrumented && counted)
        {
            // Before, since another thread may get the block at once afterwards; and not while others have to wait for us.
            scope.TraceRelease(heap, start, charged, file, line);
        }

        if (TryBorrow(heap, out bool borrowed))
        {
            try
            {
                BeginRelease(location, start, scope);
                if (heap->Instrumented)
                {
                    CountRelease(heap, start, charged, counted);
                }

                heap->Peak = Math.Max(heap->Peak, heap->Used);
                heap->Used -= charged;
                Blocks.Put(heap, location, start);
            }
            finally
            {
                GiveBack(heap, borrowed);
            }

            return;
        }

        RemoteReleases.Enter(heap);
        try
        {
            BeginRelease(location, start, scope);
            if (heap->Instrumented && counted)
            {
                CountRemoteRelease(heap, charged);
            }

            RemoteReleases.Put(heap, location, start, charged);
        }
        finally
        {
            RemoteReleases.Leave(heap);
        }
    }

    /// <summary>Looks again, now that nothing can come in between, and marks a debug block as released.</summary>
    private static unsafe void BeginRelease(in BlockLocation location, nint start, RequestScope scope)
    {
        SubHeap* heap = location.Heap;
        if (RemoteReleases.Objection(heap, scope.Id, location, start) is { } objection)
        {
            throw new InvalidFreeException(objection, heap->Debug ? start + DebugBlocks.Header : start);
        }

        if (heap->Debug)
        {
            DebugBlocks.Close(start);
        }
    }

    /// <summary>Makes sure that the calling thread holds the sub-heap for a moment.</summary>
    /// <returns>False when another thread holds it.</returns>
    private static unsafe bool TryBorrow(SubHeap* heap, out bool borrowed)
    {
        ThreadRecord* me = ThreadState.Record;
        nint holder = Volatile.Read(ref heap->Holder);
        borrowed = false;
        if (holder == (nint)me)
        {
            return true;
        }

        borrowed = holder == SubHeap.Idle && Interlocked.CompareExchange(ref heap->Holder, (nint)me, SubHeap.Idle) == SubHeap.Idle;
        return borrowed;
    }

    private static unsafe void GiveBack(SubHeap* heap, bool borrowed)
    {
        if (borrowed)
        {
            CheckIn(heap);
        }
    }
}
