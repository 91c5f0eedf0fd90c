using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>All that is offered for all that is reported in a file, the default and every alternative, each tried by itself.</summary>
internal static class Offers
{
    /// <summary>What is wrong with the offers of <paramref name="document"/>, one line and the edits each; empty when nothing is. The rules of reports without any offer go into <paramref name="unrepaired"/>.</summary>
    public static async Task<List<string>> FaultsAsync(Document document, List<string>? unrepaired = null)
    {
        var before = await Bench.CountsAsync(document.Project);
        var faults = new List<string>();
        foreach (var diagnostic in await Bench.LifetimeAsync(document.Project))
        {
            if (Bench.Fixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)) is not { } fix)
            {
                continue;
            }

            var offers = await Applied.OffersAsync(document, diagnostic, fix);
            if (offers.Count == 0)
            {
                unrepaired?.Add(diagnostic.Id);
            }

            foreach (var action in offers)
            {
                var after = (await Applied.ApplyAsync(action)).GetDocument(document.Id)!;
                var (counts, reports) = await Bench.CountsAndReportsAsync(after);
                var (text, edited) = (await document.GetTextAsync(), await after.GetTextAsync());
                var wrong = Bar.Faults(diagnostic.Id, before, counts, action.EquivalenceKey == fix.DefaultKey);
                if (wrong.Length == 0 && text.ContentEquals(edited))
                {
                    wrong = "does nothing";
                }

                if (wrong.Length == 0 && reports.Any(report => report.Id == diagnostic.Id && report.Location.SourceSpan == Moved(diagnostic.Location.SourceSpan, edited.GetTextChanges(text))))
                {
                    wrong = diagnostic.Id + " stays at its place: a second application would change something";
                }

                if (wrong.Length > 0)
                {
                    faults.Add($"{action.EquivalenceKey}: {wrong}, line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.GetMessage()}\n{Difference(text, edited)}");
                }
            }
        }

        return faults;
    }

    /// <summary>Where a span is after changes that leave it as it is; null when they touch it.</summary>
    private static TextSpan? Moved(TextSpan span, IEnumerable<TextChange> changes)
    {
        var shift = 0;
        foreach (var change in changes)
        {
            if (change.Span.Start >= span.End)
            {
                break;
            }

            if (change.Span.End > span.Start)
            {
                return null;
            }

            shift += change.NewText!.Length - change.Span.Length;
        }

        return new TextSpan(span.Start + shift, span.Length);
    }

    private static string Difference(SourceText before, SourceText after)
    {
        var text = new System.Text.StringBuilder();
        foreach (var change in after.GetTextChanges(before))
        {
            var from = before.Lines.GetLineFromPosition(change.Span.Start).LineNumber;
            text.Append("  @").Append(from + 1).Append(" -[").Append(before.ToString(change.Span)).Append("] +[").Append(change.NewText).AppendLine("]");
        }

        return text.ToString();
    }
}
