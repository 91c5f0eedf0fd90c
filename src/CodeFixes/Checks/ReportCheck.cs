namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>
/// Lets the analyzer judge the file as a plan would leave it: a plan after which the report is still there, or another
/// one comes up, is not offered.
/// </summary>
internal static class ReportCheck
{
    /// <summary>The rule that says of right code that another kind of memory would do.</summary>
    private const string Advice = "LIFE015";

    /// <summary>Whether a plan holds.</summary>
    /// <param name="finding">What is to be repaired.</param>
    /// <param name="before">What is reported now.</param>
    /// <param name="after">What is reported then.</param>
    /// <param name="againstAdvice">The plan may leave right code of which another rule has an opinion.</param>
    public static bool Passes(Finding finding, Reports before, Reports after, bool againstAdvice) =>
        AddsNothing(before, after, againstAdvice) && (!before.Has(finding) || after.All.Count(report => report.Finding.RuleId == finding.RuleId) < before.Counts()[finding.RuleId]);

    /// <summary>Whether no rule has more reports than before.</summary>
    public static bool AddsNothing(Reports before, Reports after, bool againstAdvice)
    {
        var known = before.Counts();
        foreach (var pair in after.Counts())
        {
            var isNew = !known.TryGetValue(pair.Key, out var count) || count < pair.Value;
            if (isNew && !after.IsHidden(pair.Key) && !(againstAdvice && pair.Key == Advice))
            {
                return false;
            }
        }

        return true;
    }
}
