namespace LifetimeAnalyzers;

/// <summary>A run of <see cref="ExhaustiveFaults"/> that went wrong.</summary>
/// <param name="FailedCall">The allocation that was made to fail, counted from 1.</param>
/// <param name="Unexpected">What came out instead of the simulated failure; null when nothing did.</param>
/// <param name="Leaks">What was not released.</param>
public sealed record FaultRunFailure(int FailedCall, Exception? Unexpected, LeakReport Leaks);
