using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    /// <summary>Rises when the scope is recycled.</summary>
    internal int Generation => Instruments is { } instruments ? Volatile.Read(ref instruments.Generation) : 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CompleteRequest()
    {
        if (!IsPersistent)
        {
            throw new InvalidOperationException("Only a persistent scope counts requests; begin it with BeginPersistent.");
        }

        ThrowIfEnded();
        ScopeInstruments instruments = Instruments!;
        int served = Interlocked.Increment(ref instruments.Requests);
        if (instruments.RecycleAfter > 0 && served >= instruments.RecycleAfter)
        {
            Recycle(instruments);
            return true;
        }

        if (instruments.GrowthAlarm > 0)
        {
            WatchGrowth(instruments, served);
        }

        return false;
    }

    private void WatchGrowth(ScopeInstruments instruments, int served)
    {
        long usage = Usage(real: false);
        if (served == 1)
        {
            instruments.Baseline = usage;
        }
        else if (usage - instruments.Baseline >= instruments.GrowthAlarm)
        {
            RuntimeEventSource.Log.Growth(Id, Name ?? "", instruments.Baseline, usage, served);
            instruments.OnGrowth?.Invoke(new GrowthAlarm(Name, instruments.Baseline, usage, served));
            instruments.Baseline = usage;
        }
    }

    private void Recycle(ScopeInstruments instruments)
    {
        List<Exception>? failed = RunCleanups();

        LeakReport? leaks = (_mode & ScopeMode.Debug) != 0 ? MakeLeakReport() : null;
        nint heaps;
        lock (Gate)
        {
            KeepStatistics();
            GatherPeaks();
            Interlocked.Increment(ref instruments.Generation);
            heaps = TakeHeaps();
            instruments.StartOver();
        }

        TakeBackAll(heaps);
        Report(leaks, failed);
    }
}
