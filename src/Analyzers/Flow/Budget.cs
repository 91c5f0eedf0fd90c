namespace LifetimeAnalyzers.Flow;

/// <summary>How far the analysis of one body goes before it gives up and says so (LIFE091).</summary>
/// <param name="MaxSteps">The number of statements evaluated, each once for each state that reaches it.</param>
/// <param name="MaxStates">The number of states that are kept apart at one point.</param>
internal sealed record Budget(int MaxSteps, int MaxStates)
{
    /// <summary>What is used when nothing is configured.</summary>
    public static readonly Budget Default = new(200_000, 32);
}
