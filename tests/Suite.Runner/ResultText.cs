using System.Globalization;
using System.Text;

namespace LifetimeAnalyzers.Suite;

/// <summary>Writes a result as text: tables of figures, then every miss and every false report.</summary>
public static class ResultText
{
    /// <summary>The tables: the total, and one for each way of sorting the cases.</summary>
    public static string Tables(SuiteResult result)
    {
        var text = new StringBuilder();
        int functions = result.Set.Cases.Sum(one => one.Items.Count(item => item.IsFunction));
        int bad = result.Set.Cases.Sum(one => one.Items.Count(item => item.IsBad));
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Set.Cases.Length} files, {functions} functions, {bad} bad functions or types");
        AppendTable(text, "folder", result, one => one.Case.Folder);
        AppendTable(text, "weakness", result, one => one.Case.Weakness);
        AppendTable(text, "variant", result, one => one.Case.Variant);
        AppendTable(text, "construct", result, one => one.Case.Construct);
        AppendTable(text, "rule", result, one => one.Expectation?.Primary ?? one.Report!.Id);
        AppendTable(text, "total", result, _ => "all");
        return text.ToString();
    }

    /// <summary>The findings of the given kinds, one a line.</summary>
    public static string Lines(SuiteResult result, params Verdict[] verdicts)
    {
        var text = new StringBuilder();
        foreach (Finding finding in result.Findings.Where(one => verdicts.Contains(one.Verdict)))
        {
            text.AppendLine(finding.ToString());
        }

        foreach (string error in result.CompileErrors)
        {
            text.AppendLine("ERROR  " + error);
        }

        foreach (Exception failure in result.Failures.DistinctBy(one => one.StackTrace?.Split('\n')[0]))
        {
            text.AppendLine("CRASH  " + failure);
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, string title, SuiteResult result, Func<Finding, string> key)
    {
        text.AppendLine();
        text.AppendLine(Row(title, "asked", "hit", "recall", "false", "precision", "info asked", "info hit", "info", "extra"));
        foreach (IGrouping<string, Finding> group in result.Findings.GroupBy(key).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var tally = Tally.Of(group);
            string name = group.Key.Length == 0 ? "-" : group.Key;
            text.AppendLine(Row(
                name, Text(tally.Expected), Text(tally.Hits), Share(tally.Recall), Text(tally.False), Share(tally.Precision),
                Text(tally.InformationExpected), Text(tally.InformationHits), Text(tally.Information), Text(tally.Extra)));
        }
    }

    private static string Row(string name, params string[] cells) =>
        name.PadRight(28) + string.Concat(cells.Select(cell => cell.PadLeft(11)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
