namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private const ulong Unbounded = long.MaxValue;
    private const ulong SliceMax = 64 << 10;
    private const ulong SliceMin = 4 << 10;

    private static readonly object[] s_gates = [.. Enumerable.Range(0, 64).Select(_ => new object())];

    /// <summary>Guards the lists and the books of all scopes that are nested in one another.</summary>
    private object Gate => s_gates[(int)Root.Id & 63];

    private RequestScope Root
    {
        get
        {
            RequestScope root = this;
            while (root.Parent is { } outer)
            {
                root = outer;
            }

            return root;
        }
    }

    private enum Reservation
    {
        Granted,
        Refused,

        /// <summary>The scope ended or was recycled; the sub-heap is not its any more.</summary>
        Detached,
    }

    /// <summary>
    /// Allows a sub-heap that many bytes more, if the limits of the scope and of those around it do. One thread gets
    /// exactly what the limit leaves; several threads get it in slices, and may leave up to a slice each unused.
    /// </summary>
    private unsafe Reservation Reserve(SubHeap* heap, ulong charged, ulong requested, string file, int line, bool throwing)
    {
        MemoryLimitExceededException exceeded;
        lock (Gate)
        {
            if (heap->Detached)
            {
                return Reservation.Detached;
            }

            RemoteReleases.Drain(heap);
            for (int attempt = 0; ; attempt++)
            {
                ulong wanted = heap->Used + charged;
                if (wanted <= heap->Grant)
                {
                    SetGrant(heap, heap->Grant);
                    return Reservation.Granted;
                }

                RequestScope? tightest = Tightest(out long left, out ulong slice);
                if (tightest is null)
                {
                    SetGrant(heap, Unbounded);
                    continue;
                }

                ulong missing = wanted - heap->Grant;
                if ((long)missing <= left)
                {
                    SetGrant(heap, heap->Grant + Math.Min((ulong)left, Math.Max(missing, slice)));
                    continue;
                }

                if (attempt == 0)
                {
                    ReclaimGrants(heap);
                    continue;
                }

                long usage = Gather(tightest, static h => h->LiveBytes);
                exceeded = new MemoryLimitExceededException(tightest._limit, usage, (long)requested, file, line);
                break;
            }
        }

        if (!throwing)
        {
            return Reservation.Refused;
        }

        RuntimeMetrics.LimitExceeded.Add(1);
        RuntimeEventSource.Log.LimitExceeded(Id, Name ?? "", exceeded.Limit, exceeded.Usage, exceeded.Requested, file, line);
        throw exceeded;
    }

    private static unsafe void SetGrant(SubHeap* heap, ulong grant)
    {
        heap->Grant = grant;
        Volatile.Write(ref heap->Trigger, heap->Instrumented || heap->Detached ? 0 : grant);
    }

    /// <summary>Of this scope and those around it, the one with a limit that leaves least; null when none has a limit.</summary>
    private unsafe RequestScope? Tightest(out long left, out ulong slice)
    {
        RequestScope? tightest = null;
        left = long.MaxValue;
        slice = SliceMax;
        for (RequestScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._limit >= 0)
            {
                long room = scope._limit - Gather(scope, static h => (long)h->Grant);
                slice = Math.Min(slice, Math.Max(SliceMin, (ulong)scope._limit / 64));
                if (room < left)
                {
                    left = room;
                    tightest = scope;
                }
            }
        }

        return tightest;
    }

    /// <summary>Takes unused allowances back from all sub-heaps of the tree that no other thread holds.</summary>
    private unsafe void ReclaimGrants(SubHeap* except)
    {
        for (RequestScope? scope = Root; scope is not null; scope = scope.NextIn(Root))
        {
            for (SubHeap* heap = (SubHeap*)scope._heaps; heap != null; heap = heap->Next)
            {
                if (heap != except && TryBorrow(heap, out bool borrowed))
                {
                    RemoteReleases.Drain(heap);
                    SetGrant(heap, heap->Used);
                    GiveBack(heap, borrowed);
                }
            }
        }
    }

    private bool SetLimit(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, Unlimited);
        lock (Gate)
        {
            ThrowIfEnded();
            if (bytes >= 0 && SumUsed() > bytes)
            {
                return false;
            }

            _limit = bytes;
            CutGrants();
            return true;
        }
    }

    private const long Unlimited = RequestScopeOptions.Unlimited;

    private unsafe long SumUsed() => Gather(this, static h => h->LiveBytes);

    /// <summary>Lets every sub-heap ask again under the new limit.</summary>
    private unsafe void CutGrants()
    {
        for (RequestScope? scope = this; scope is not null; scope = scope.NextIn(this))
        {
            for (SubHeap* heap = (SubHeap*)scope._heaps; heap != null; heap = heap->Next)
            {
                SetGrant(heap, heap->Used);
            }
        }
    }
}
