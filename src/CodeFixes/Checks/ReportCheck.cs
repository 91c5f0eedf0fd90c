using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
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

    /// <summary>Whether every report after the plan was there before it.</summary>
    public static bool AddsNothing(Reports before, SpanMap map, Reports after, bool againstAdvice) => New(before, map, after, againstAdvice).Count == 0;

    /// <summary>
    /// All that a plan leaves to say, when that is one report of another way on which the same block is lost: a second step
    /// may repair it. Null when there is more, or something else.
    /// </summary>
    /// <param name="finding">What is to be repaired.</param>
    /// <param name="map">Where the places are after the plan.</param>
    /// <param name="before">What is reported now.</param>
    /// <param name="after">What is reported then.</param>
    /// <param name="plan">What says whether the report may be the same as before, or of another way.</param>
    public static Finding? OnlyLeft(Finding finding, SpanMap map, Reports before, Reports after, Plan plan)
    {
        var left = New(before.Has(finding) ? before.Without(finding) : before, map, after, againstAdvice: true);
        return left.Count == 1 && left[0].Span == map.Map(finding.Span) && (plan.IsFirstStep || left[0].RuleId != finding.RuleId || left[0].Reason != finding.Reason || left[0].Property(FixData.HeldKey) != finding.Property(FixData.HeldKey)
            || plan.IsOnePath && !WayOf(left[0]).SequenceEqual(WayOf(finding).Select(place => place is { } span ? map.Map(span) : null))) ? left[0] : null;
    }

    private static IEnumerable<TextSpan?> WayOf(Finding finding) => finding.PlacesOf(FixData.Branch).Concat(finding.PlacesOf(FixData.Exit)).Select(place => (TextSpan?)place);

    /// <summary>Whether what a plan adds is all said of members that it leaves as they are: <paramref name="changed"/> are those that it does not.</summary>
    public static bool AddsOnlyOutside(Finding finding, SpanMap map, Reports before, Reports after, IReadOnlyCollection<TextSpan> changed) =>
        New(before.Has(finding) ? before.Without(finding) : before, map, after, againstAdvice: true).All(report => !changed.Any(member => member.Contains(report.Span)));

    /// <summary>The reports after the plan that were not there before it. One whose place the plan writes anew may come back at another place.</summary>
    private static List<Finding> New(Reports before, SpanMap map, Reports after, bool againstAdvice)
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

        return after.All.Where(report =>
            !Takes(report.Finding.RuleId, report.Finding.Span) && !Takes(report.Finding.RuleId, null) && !after.IsHidden(report.Finding.RuleId) && !(againstAdvice && report.Finding.RuleId == Advice)).Select(report => report.Finding).ToList();
    }
}
