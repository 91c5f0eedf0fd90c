namespace LifetimeAnalyzers;

/// <summary>
/// Blocks that are released while another thread holds their sub-heap: they are put on a list, which the holder takes back
/// when it runs out. A gate makes those who put something wait for one another, and the sub-heap for them before it goes to
/// another scope; the holder passes it by.
/// </summary>
internal static unsafe class RemoteReleases
{
    /// <summary>Waits until nobody puts anything, and keeps others from doing so.</summary>
    public static void Enter(SubHeap* heap)
    {
        var wait = default(SpinWait);
        while (Interlocked.CompareExchange(ref heap->RemoteGate, 1, 0) != 0)
        {
            wait.SpinOnce();
        }
    }

    /// <summary>Ends <see cref="Enter"/>.</summary>
    public static void Leave(SubHeap* heap) => Volatile.Write(ref heap->RemoteGate, 0);

    /// <summary>What speaks against releasing a block, as seen by somebody who has entered or holds the sub-heap.</summary>
    /// <returns>Null when nothing does.</returns>
    public static InvalidFreeKind? Objection(SubHeap* heap, long scopeId, in BlockLocation location, nint block) =>
        heap->ScopeId != scopeId || heap->Condemned != 0 ? InvalidFreeKind.EndedScope
        : location.Huge != null ? (location.Huge->Remote || location.Huge->Charged == 0 ? InvalidFreeKind.DoubleFree : null)
        : FastPath.IsReleased(block) ? InvalidFreeKind.DoubleFree
        : null;

    /// <summary>Puts a block on the list. The caller has entered.</summary>
    public static void Put(SubHeap* heap, in BlockLocation location, nint block, ulong charged)
    {
        if (location.Huge != null)
        {
            Volatile.Write(ref location.Huge->Remote, true);
        }

        Interlocked.Add(ref heap->RemoteBytes, (long)charged);
        nint head;
        do
        {
            head = Volatile.Read(ref heap->Remote);
            FastPath.Link(block, head);
        }
        while (Interlocked.CompareExchange(ref heap->Remote, block, head) != head);
    }

    /// <summary>Takes back what other threads released. For the thread that holds the sub-heap.</summary>
    public static void Drain(SubHeap* heap)
    {
        if (Volatile.Read(ref heap->Remote) == 0)
        {
            return;
        }

        nint block = Interlocked.Exchange(ref heap->Remote, 0);
        long drained = 0;
        while (block != 0)
        {
            // A link that was written over cannot be followed; what hangs on it is lost until the scope ends.
            HugeBlocks.ForgetRemote(block);
            BlockLocation location = BlockLocation.Of(block);
            if (location.Error is not null || location.Heap != heap || !FastPath.IsReleased(block))
            {
                break;
            }

            nint next = *(nint*)block;
            drained += (long)(heap->Debug ? DebugBlocks.Forget(heap, block, location.Bytes) : location.Bytes);
            Blocks.Put(heap, location, block);
            block = next;
        }

        heap->Peak = Math.Max(heap->Peak, heap->Used) - (ulong)Math.Min(heap->RemoteSeen, (long)heap->Used);
        heap->RemoteSeen = 0;
        heap->Used -= (ulong)drained;
        Interlocked.Add(ref heap->RemoteBytes, -drained);
    }
}
