using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Contract;

/// <summary>
/// What all fixes together make of what is really reported, word by word: cases of <c>Reported/*.cases</c>, a title after
/// <c>===</c>, and after <c>|</c> a rule that is raised to a warning, the code, a line of <c>---</c>, and the code after the defaults of all rules.
/// </summary>
public class ReportedTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Reported"), "*.cases").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal))
            {
                foreach (var entry in CaseFile.Read(file, "Reported").Where(entry => Bench.CanRead(CaseFile.Complete(entry.Before))))
                {
                    data.Add(file, entry.Title);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Defaults_write_what_the_case_says(string file, string title)
    {
        var entry = CaseFile.Read(file, "Reported").Single(entry => entry.Title == title);
        var document = Bench.EmptyProject(raised: entry.Family is { Length: > 0 } raised ? raised : null).AddDocument("Test.cs", SourceText.From(CaseFile.Complete(entry.Before), System.Text.Encoding.UTF8), filePath: "/Test.cs");
        var before = await Bench.CountsAsync(document.Project);
        var isReported = false;
        foreach (var fix in Bench.Fixes)
        {
            isReported |= (await Bench.CountsAsync(document.Project)).ContainsKey(fix.FixableDiagnosticIds[0]);
            document = (await Bar.FixAllHoldsAsync(document, fix, everyScope: false)).GetDocument(document.Id)!;
        }

        Assert.True(isReported, "Nothing is reported.");
        Assert.Empty(Bar.Faults(null, before, await Bench.CountsAsync(document.Project), isDefault: true));
        Assert.Equal(CaseFile.Complete(entry.After), (await document.GetTextAsync()).ToString());
    }
}
