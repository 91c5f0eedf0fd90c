namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private CleanupNode? _cleanups;

    private void AddCleanup(Delegate cleanup)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            _cleanups = new CleanupNode(cleanup, _cleanups);
        }
    }

    /// <summary>Ends nested scopes and runs clean-ups, waiting for asynchronous ones.</summary>
    /// <returns>What they threw; null for nothing.</returns>
    private List<Exception>? RunCleanups()
    {
        List<Exception>? failed = null;
        EndChildren(ref failed);
        while (TakeCleanup() is { } cleanup)
        {
            try
            {
                if (cleanup is Func<ValueTask> asynchronous)
                {
                    asynchronous().AsTask().GetAwaiter().GetResult();
                }
                else
                {
                    ((Action)cleanup)();
                }
            }
            catch (Exception e)
            {
                (failed ??= []).Add(e);
            }
        }

        return failed;
    }

    private void EndChildren(ref List<Exception>? failed)
    {
        while (FirstChild is not null)
        {
            RequestScope? child;
            lock (Gate)
            {
                child = FirstChild;
                while (child is not null && Volatile.Read(ref child._state) != Open)
                {
                    // Being ended by somebody else, who takes it out of the list.
                    child = child.NextSibling;
                }
            }

            if (child is null)
            {
                return;
            }

            try
            {
                child.End();
            }
            catch (Exception e)
            {
                (failed ??= []).Add(e);
            }
        }
    }

    private Delegate? TakeCleanup()
    {
        if (Volatile.Read(ref _cleanups) is null)
        {
            return null;
        }

        lock (Gate)
        {
            CleanupNode? node = _cleanups;
            _cleanups = node?.Earlier;
            return node?.Cleanup;
        }
    }
}
