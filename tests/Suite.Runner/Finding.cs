namespace LifetimeAnalyzers.Suite;

/// <summary>What came of one expectation, or of one report that nobody asked for.</summary>
public enum Verdict
{
    /// <summary>Asked for and reported.</summary>
    Hit,

    /// <summary>Asked for and not reported.</summary>
    Miss,

    /// <summary>Asked for, not reported, and listed among the known misses.</summary>
    KnownMiss,

    /// <summary>A warning in a good function.</summary>
    FalseReport,

    /// <summary>Information that was not asked for.</summary>
    Information,

    /// <summary>A warning in a bad function, beside the one that was asked for.</summary>
    Extra,
}

/// <summary>One line of the result.</summary>
/// <param name="Verdict">What came of it.</param>
/// <param name="Case">The file.</param>
/// <param name="Item">The declaration; null for a report outside of all.</param>
/// <param name="Expectation">What was asked for; null for a report that was not.</param>
/// <param name="Report">The report; null for a miss.</param>
public sealed record Finding(Verdict Verdict, CaseFile Case, CaseItem? Item, Expectation? Expectation, Report? Report)
{
    /// <summary>The line as it is printed, with a place that editors open.</summary>
    public override string ToString()
    {
        string place = $"{Case.Path}({Report?.Line ?? Item?.Line ?? 1}): {Item?.Name ?? "(no function)"}";
        return Verdict switch
        {
            Verdict.Miss or Verdict.KnownMiss => $"MISS   {place}: expected {string.Join('|', Expectation!.Ids)}",
            Verdict.FalseReport => $"FALSE  {place}: {Report!.Id} {Report.Message}",
            Verdict.Information => $"INFO   {place}: {Report!.Id} {Report.Message}",
            Verdict.Extra => $"EXTRA  {place}: {Report!.Id} {Report.Message}",
            _ => $"HIT    {place}: {Report!.Id} {Report.Message}",
        };
    }
}
