namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private long _peak;
    private long _realPeak;

    private unsafe long Usage(bool real)
    {
        lock (Gate)
        {
            return real ? Gather(this, static h => h->Real) : Gather(this, static h => h->LiveBytes);
        }
    }

    private long Peak(bool real)
    {
        lock (Gate)
        {
            GatherPeaks();
            return real ? _realPeak : _peak;
        }
    }

    private unsafe void ResetPeaks()
    {
        lock (Gate)
        {
            GatherPeaks();
            _peak = Gather(this, static h => h->LiveBytes);
            _realPeak = Gather(this, static h => h->Real);
        }
    }

    internal unsafe void NoteReal()
    {
        lock (Gate)
        {
            for (RequestScope? scope = this; scope is not null; scope = scope.Parent)
            {
                scope._realPeak = Math.Max(scope._realPeak, Gather(scope, static h => h->Real));
            }
        }
    }

    /// <summary>
    /// Brings the peaks of all scopes of the tree up to date. A sub-heap knows how high it has been since the last time;
    /// the sum is exact unless several threads went up and down in between, and then an upper bound.
    /// </summary>
    private unsafe void GatherPeaks()
    {
        RequestScope root = Root;
        for (RequestScope? scope = root; scope is not null; scope = scope.NextIn(root))
        {
            scope._peak = Math.Max(scope._peak, Gather(scope, static h => h->HighBytes));
            scope._realPeak = Math.Max(scope._realPeak, Gather(scope, static h => h->Real));
        }

        for (RequestScope? scope = root; scope is not null; scope = scope.NextIn(root))
        {
            for (SubHeap* heap = (SubHeap*)scope._heaps; heap != null; heap = heap->Next)
            {
                heap->Peak = heap->Used;
                heap->RemoteSeen = Volatile.Read(ref heap->RemoteBytes);
            }
        }
    }

    private unsafe delegate long Measure(SubHeap* heap);

    private static unsafe long Gather(RequestScope top, Measure measure)
    {
        long sum = 0;
        for (RequestScope? scope = top; scope is not null; scope = scope.NextIn(top))
        {
            for (SubHeap* heap = (SubHeap*)scope._heaps; heap != null; heap = heap->Next)
            {
                sum += measure(heap);
            }
        }

        return sum;
    }
}
