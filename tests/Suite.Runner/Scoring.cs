using System.Collections.Immutable;

namespace LifetimeAnalyzers.Suite;

/// <summary>Holds reports against what the cases ask for.</summary>
public static class Scoring
{
    private const string OwningTypeRule = "LIFE013";

    /// <summary>The findings of one case file.</summary>
    /// <param name="case">The file.</param>
    /// <param name="reports">The reports that lie in it.</param>
    /// <param name="knownMisses">The misses that are excused.</param>
    public static ImmutableArray<Finding> Of(CaseFile @case, IReadOnlyList<Report> reports, ImmutableArray<KnownMiss> knownMisses)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var matched = new HashSet<Report>(ReferenceEqualityComparer.Instance);
        foreach (CaseItem item in @case.Items)
        {
            foreach (Expectation expectation in item.Expectations)
            {
                Report? report = Match(@case, item, expectation, reports, matched);
                if (report is not null)
                {
                    matched.Add(report);
                    findings.Add(new Finding(Verdict.Hit, @case, item, expectation, report));
                }
                else
                {
                    bool known = knownMisses.Any(one => one.Path == @case.Path && one.Function == item.Name);
                    findings.Add(new Finding(known ? Verdict.KnownMiss : Verdict.Miss, @case, item, expectation, null));
                }
            }
        }

        findings.AddRange(reports.Where(report => !matched.Contains(report)).Select(report => Unasked(@case, report)));
        return findings.ToImmutable();
    }

    /// <summary>The report that answers the expectation, the best id first; each report answers one expectation.</summary>
    private static Report? Match(
        CaseFile @case, CaseItem item, Expectation expectation, IReadOnlyList<Report> reports, HashSet<Report> matched)
    {
        bool IsIn(Report report) => item.Span.Contains(report.Position)
            || (report.Id == OwningTypeRule && IsFieldOfTheSameType(@case, item, report))
            || @case.Items.Any(other => expectation.AlsoIn.Contains(other.SimpleName) && other.Span.Contains(report.Position));

        return expectation.Ids
            .Select(id => reports.FirstOrDefault(report => report.Id == id && !matched.Contains(report) && IsIn(report)))
            .FirstOrDefault(report => report is not null);
    }

    /// <summary>A type that owns memory may be reported at the field as well as at the member that loses the memory.</summary>
    private static bool IsFieldOfTheSameType(CaseFile @case, CaseItem item, Report report)
    {
        CaseItem? type = @case.Items.LastOrDefault(one => one.Kind == CaseItemKind.Type && one.Span.Contains(item.Span));
        CaseItem[] covering = [.. @case.Items.Where(one => one.Span.Contains(report.Position))];
        return type is not null
            && covering.LastOrDefault()?.Kind == CaseItemKind.Field
            && covering.LastOrDefault(one => one.Kind == CaseItemKind.Type) == type;
    }

    private static Finding Unasked(CaseFile @case, Report report)
    {
        // The items are listed from the outside in, so the last one that covers the place is the innermost.
        CaseItem[] covering = [.. @case.Items.Where(item => item.Span.Contains(report.Position))];
        CaseItem? function = covering.LastOrDefault(item => item.IsFunction) ?? covering.LastOrDefault();
        CaseItem? bad = covering.LastOrDefault(item => item.IsBad);
        bool named = @case.Items.SelectMany(item => item.Expectations)
            .Any(expectation => expectation.AlsoIn.Contains(function?.SimpleName ?? ""));
        Verdict verdict = !report.IsWarning ? Verdict.Information
            : bad is not null || named ? Verdict.Extra
            : Verdict.FalseReport;
        return new Finding(verdict, @case, bad ?? function, null, report);
    }
}
