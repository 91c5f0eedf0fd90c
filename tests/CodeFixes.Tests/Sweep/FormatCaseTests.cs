using LifetimeAnalyzers.CodeFixes.Tests.Bars;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// The files that go through the formatter in <c>Format.Tests</c>, here in memory and in a second: fixed one by one and
/// all at once in document, project and solution they become the same, and nothing is left to report.
/// </summary>
public class FormatCaseTests
{
    private static readonly string Before = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../Format.Tests/Before"));

    /// <summary>Where <paramref name="file"/> is.</summary>
    public static string PathOf(string file) => Path.Combine(Before, file);

    public static TheoryData<string> Files => [.. Directory.GetFiles(Before, "LIFE*.cs").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_rule_that_has_a_fix_has_a_file() =>
        Assert.Equal(Bench.Fixes.Select(fix => fix.FixableDiagnosticIds[0]), Files.Cast<object[]>().Select(file => Path.GetFileNameWithoutExtension((string)file[0])));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Default_fix_repairs_everything(string file)
    {
        var source = "global using System;\nglobal using System.Collections.Generic;\nglobal using System.Threading;\nglobal using System.Threading.Tasks;\n" + (await File.ReadAllTextAsync(Path.Combine(Before, file))).ReplaceLineEndings("\n");
        var run = await FixRun.OfAsync(source, Path.GetFileNameWithoutExtension(file));

        Assert.True(run.Before.Count(id => id == Path.GetFileNameWithoutExtension(file)) > 1, string.Join(",", run.Before));
        Assert.True(run.After.Count == 0, string.Join("\n", run.After) + "\n" + run.Text);
    }
}
