using LifetimeAnalyzers.CodeFixes.Tests.Bars;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>Fix-all over files of the judging suite, a rule at a time, holds the bars: many findings in one file, some in one block.</summary>
public class FixAllSweepTests
{
    /// <summary>All that is written by hand; of the long programs of <c>Strangers</c> one in three: one by one against all at once costs the square of the findings.</summary>
    public static TheoryData<string> Files => [.. JudgedFiles.All.Where(path => !JudgedFiles.IsGenerated(path)).Where((path, i) => i % 3 == 0 || !path.StartsWith("Strangers", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Fix_all_is_what_single_fixes_give(string file)
    {
        var document = await JudgedFiles.OpenAsync(file);
        var before = await Bench.CountsAsync(document.Project);
        foreach (var fix in Bench.Fixes.Where(fix => before.ContainsKey(fix.FixableDiagnosticIds[0])))
        {
            var after = await Bar.FixAllHoldsAsync(document, fix, everyScope: false);
            Assert.Empty(Bar.Faults(null, before, await Bench.CountsAsync(after.GetProject(document.Project.Id)!), isDefault: true));
        }
    }
}
