using System.Text;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using LifetimeAnalyzers.CodeFixes.Tests.Sweep;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>
/// The fix of every rule on the files that go through the formatter, stored otherwise: whatever its line ends and its
/// byte order mark, and however many projects share it, a file becomes the same.
/// </summary>
public class EveryRuleTests
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks;";

    public static TheoryData<string> Files => FormatCaseTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task How_a_file_is_stored_stays_as_it_is(string file)
    {
        var source = (await File.ReadAllTextAsync(FormatCaseTests.PathOf(file))).ReplaceLineEndings("\n");
        var plain = await FixedAsync(file, source, new UTF8Encoding(false), shared: false);
        Assert.NotEqual(source, plain[0].ToString());

        foreach (var mark in new[] { true, false })
        {
            var texts = await FixedAsync(file, source.ReplaceLineEndings("\r\n"), new UTF8Encoding(mark), shared: true);
            foreach (var text in texts)
            {
                Assert.Equal(plain[0].ToString().ReplaceLineEndings("\r\n"), text.ToString());
                Assert.Equal(mark ? 3 : 0, text.Encoding!.GetPreamble().Length);
            }
        }
    }

    /// <summary>The file after fix-all of its rule in the solution, as each of the projects sees it that have it.</summary>
    private static async Task<List<SourceText>> FixedAsync(string file, string source, Encoding encoding, bool shared)
    {
        var rule = Path.GetFileNameWithoutExtension(file);
        var solution = Bench.Workspace.CurrentSolution;
        var documents = new List<DocumentId>();
        foreach (var name in shared ? new[] { "A", "B" } : ["A"])
        {
            var project = ProjectId.CreateNewId();
            documents.Add(DocumentId.CreateNewId(project));
            solution = solution.AddProject(Bench.Project(project, name, raised: rule))
                .AddDocument(DocumentId.CreateNewId(project), "Usings.cs", Usings, ["Support"], filePath: $"/{name}/Usings.cs")
                .AddDocument(documents[^1], file, SourceText.From(source, encoding), filePath: "/Shared/" + file);
        }

        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(rule));
        var after = await Applied.AllAsync(solution.GetDocument(documents[0])!, fix, FixAllScope.Solution);
        var texts = new List<SourceText>();
        foreach (var document in documents)
        {
            texts.Add(await after.GetDocument(document)!.GetTextAsync());
        }

        return texts;
    }
}
