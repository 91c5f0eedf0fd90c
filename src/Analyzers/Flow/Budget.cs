namespace LifetimeAnalyzers.Flow;

/// <summary>How far the analysis of one body goes before it gives up and says so (LIFE091).</summary>
/// <param name="MaxSteps">The number of steps for a small body: statements evaluated, each once for each state that reaches it, and what calls carry over. Large bodies get more, in proportion to their length.</param>
/// <param name="MaxStates">The number of states that are kept apart at one point.</param>
internal sealed record Budget(int MaxSteps, int MaxStates)
{
    /// <summary>A budget of so many times the steps.</summary>
    public Budget Times(int factor) => this with { MaxSteps = MaxSteps * factor, Factor = factor };

    /// <summary>What the steps for a statement are multiplied by.</summary>
    public int Factor { get; init; } = 1;

    /// <summary>How many steps each statement of a large body adds.</summary>
    private const int StepsPerOperation = 8;

    /// <summary>The number of steps for a body of so many statements.</summary>
    public int StepsFor(int operations) => Math.Max(MaxSteps, operations * StepsPerOperation * Factor);

    /// <summary>What is used when nothing is configured.</summary>
    public static readonly Budget Default = new(4_000, 24);
}
