using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// Every fix that is offered anywhere in the judging suite holds the bars. Where no repair is safe none is offered.
/// </summary>
public class SweepTests
{
    /// <summary>All that is written by hand, and of the generated files, which vary a few mistakes many times, every ninth.</summary>
    public static TheoryData<string> Files => [.. JudgedFiles.All.Where((path, i) => !JudgedFiles.IsGenerated(path) || i % 9 == 0)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_offered_fix_is_right(string file)
    {
        var document = await JudgedFiles.OpenAsync(file);
        var before = await Bench.CountsAsync(document.Project);
        var failures = new List<string>();
        foreach (var diagnostic in await Bench.LifetimeAsync(document.Project))
        {
            if (FixOf(diagnostic.Id) is not { } fix)
            {
                continue;
            }

            foreach (var action in await Applied.OffersAsync(document, diagnostic, fix))
            {
                var after = (await Applied.ApplyAsync(action)).GetDocument(document.Id)!;
                var faults = Bar.Faults(diagnostic.Id, before, await Bench.CountsAsync(after.Project), action.EquivalenceKey == fix.DefaultKey);
                if (faults.Length > 0)
                {
                    failures.Add($"{action.EquivalenceKey}: {faults}, line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.GetMessage()}\n{Difference(await document.GetTextAsync(), await after.GetTextAsync())}");
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static LifetimeFix? FixOf(string rule) => Bench.Fixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(rule));

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
