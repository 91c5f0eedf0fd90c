namespace LifetimeAnalyzers;

/// <summary>What <see cref="ExhaustiveFaults"/> checks after each run.</summary>
[Flags]
public enum FaultChecks
{
    /// <summary>Only that nothing but the simulated failure comes out.</summary>
    None = 0,

    /// <summary>That every block of the run has been released.</summary>
    NothingLeft = 1,
}
