namespace LifetimeAnalyzers;

/// <summary>Which allocations of a scope fail with <see cref="SimulatedOutOfMemoryException"/>. Deterministic: the same options fail the same calls.</summary>
public sealed class FaultInjectionOptions
{
    /// <summary>The call that fails, counted from 1 over the chosen functions; 0 for none.</summary>
    public long FailNth { get; set; }

    /// <summary>The share of calls that fail, 0 to 1.</summary>
    public double Probability { get; set; }

    /// <summary>The seed for <see cref="Probability"/>.</summary>
    public int Seed { get; set; }

    /// <summary>The functions that count and fail.</summary>
    public FaultFunctions Functions { get; set; } = FaultFunctions.All;
}
