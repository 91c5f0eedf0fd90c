using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>
/// Lets the analyzer judge the file as a plan would leave it: a plan after which the report is still there, or another
/// one comes up, is not offered.
/// </summary>
internal static class ReportCheck
{
    /// <summary>The rule that says of right code that another kind of memory would do.</summary>
    private const string Advice = "LIFE015";

    /// <summary>Whether a plan holds: at the place of the finding one report less than before, and none where none was.</summary>
    /// <param name="finding">What is to be repaired.</param>
    /// <param name="map">Where the places are after the plan.</param>
    /// <param name="before">What is reported now.</param>
    /// <param name="after">What is reported then.</param>
    /// <param name="againstAdvice">The plan may leave right code of which another rule has an opinion.</param>
    public static bool Passes(Finding finding, SpanMap map, Reports before, Reports after, bool againstAdvice) =>
        AddsNothing(before.Has(finding) ? before.Without(finding) : before, map, after, againstAdvice);

    /// <summary>
    /// Whether every report after the plan was there before it. A report whose place the plan writes anew may come back
    /// at another one.
    /// </summary>
    public static bool AddsNothing(Reports before, SpanMap map, Reports after, bool againstAdvice)
    {
        var known = new Dictionary<(string RuleId, TextSpan? Place), int>();
        foreach (var report in before.All)
        {
            var place = (report.Finding.RuleId, map.Map(report.Finding.Span));
            known[place] = known.TryGetValue(place, out var count) ? count + 1 : 1;
        }

        bool Takes(string ruleId, TextSpan? place)
        {
            var isKnown = known.TryGetValue((ruleId, place), out var left) && left > 0;
            known[(ruleId, place)] = left - 1;
            return isKnown;
        }

        return after.All.All(report =>
            Takes(report.Finding.RuleId, report.Finding.Span) || Takes(report.Finding.RuleId, null) || after.IsHidden(report.Finding.RuleId) || (againstAdvice && report.Finding.RuleId == Advice));
    }
}
