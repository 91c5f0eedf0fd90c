namespace LifetimeAnalyzers;

/// <summary>Decides which allocations of a scope fail. Thread-safe; the same options decide the same for the same sequence of calls.</summary>
internal sealed class FaultInjector(FaultInjectionOptions options)
{
    private readonly long _nth = options.FailNth;
    private readonly double _probability = options.Probability;
    private readonly ulong _seed = (uint)options.Seed;
    private readonly FaultFunctions _functions = options.Functions;
    private long _calls;

    /// <summary>Calls so far of the functions that count.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Whether this call fails.</summary>
    public bool ShouldFail(MemoryFunction function, out long call)
    {
        call = 0;
        if ((_functions & FlagOf(function)) == 0)
        {
            return false;
        }

        call = Interlocked.Increment(ref _calls);
        return call == _nth || (_probability > 0 && Draw((ulong)call) < _probability);
    }

    private static FaultFunctions FlagOf(MemoryFunction function) => function switch
    {
        MemoryFunction.Emalloc => FaultFunctions.Emalloc,
        MemoryFunction.Ecalloc => FaultFunctions.Ecalloc,
        MemoryFunction.Erealloc => FaultFunctions.Erealloc,
        MemoryFunction.Malloc => FaultFunctions.Malloc,
        MemoryFunction.Calloc => FaultFunctions.Calloc,
        MemoryFunction.Realloc => FaultFunctions.Realloc,
        _ => FaultFunctions.None,
    };

    // A hash of seed and call number (SplitMix64's finaliser), so that threads need not share a generator.
    private double Draw(ulong call)
    {
        ulong x = (_seed << 32) + (call * 0x9E3779B97F4A7C15);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
