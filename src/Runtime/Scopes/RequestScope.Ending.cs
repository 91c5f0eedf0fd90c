namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private const int Open = 0;
    private const int Ending = 1;
    private const int Ended = 2;

    private int _state;

    private void ThrowIfEnded()
    {
        if (IsEnded)
        {
            throw new RequestScopeEndedException(Name);
        }
    }

    private void End()
    {
        if (!BeginEnding())
        {
            return;
        }

        List<Exception>? failed = RunCleanups();

        LeaveAmbient();
        Finish(failed);
    }

    // Not an async method itself: what one of those does to the ambient scope is undone when it returns.
    private ValueTask EndAsync()
    {
        if (!BeginEnding())
        {
            return default;
        }

        ValueTask ended = EndSlowly();
        LeaveAmbient();
        return ended;
    }

    private async ValueTask EndSlowly()
    {
        List<Exception>? failed = null;
        EndChildren(ref failed);
        while (TakeCleanup() is { } cleanup)
        {
            try
            {
                if (cleanup is Func<ValueTask> asynchronous)
                {
                    await asynchronous().ConfigureAwait(false);
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

        LeaveAmbient();
        Finish(failed);
    }

    private bool BeginEnding() => Interlocked.CompareExchange(ref _state, Ending, Open) == Open;

    private void LeaveAmbient()
    {
        if ((_mode & ScopeMode.Ambient) != 0 && s_ambient.Value == this)
        {
            RequestScope? outer = Parent;
            while (outer is not null && outer.IsEnded)
            {
                outer = outer.Parent;
            }

            s_ambient.Value = outer;
        }
    }

    private void Finish(List<Exception>? failed)
    {
        LeakReport? leaks = (_mode & ScopeMode.Debug) != 0 ? MakeLeakReport() : null;
        nint heaps;
        lock (Gate)
        {
            KeepStatistics();
            GatherPeaks();
            Detach();
            Volatile.Write(ref _state, Ended);
            heaps = TakeHeaps();
        }

        TakeBackAll(heaps);
        try
        {
            Report(leaks, failed);
        }
        finally
        {
            Instruments?.Dispose();
        }
    }

    private void Report(LeakReport? leaks, List<Exception>? failed)
    {
        if (leaks is { TotalBlocks: > 0 })
        {
            RuntimeMetrics.Leaks.Add(leaks.TotalBlocks);
            RuntimeEventSource.Log.Leaks(Id, Name ?? "", leaks.TotalBlocks, leaks.TotalBytes, leaks.ToString());
            if (Instruments?.OnLeaks is { } listen)
            {
                try
                {
                    listen(leaks);
                }
                catch (Exception e)
                {
                    (failed ??= []).Add(e);
                }
            }
            else
            {
                Console.Error.WriteLine(leaks);
            }
        }

        if (failed is null)
        {
            return;
        }

        if (Instruments?.OnCleanupError is { } handler)
        {
            failed.ForEach(handler);
            return;
        }

        throw new AggregateException("Clean-ups of the request scope failed; its memory has been released.", failed);
    }
}
