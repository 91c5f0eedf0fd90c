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

    /// <summary>One project uses the other and has files of its own with the same mistakes: fix-all in the solution leaves none in any of them.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_project_of_the_solution_is_repaired(string file)
    {
        var source = (await File.ReadAllTextAsync(FormatCaseTests.PathOf(file))).ReplaceLineEndings("\n");
        var alone = (await FixedAsync(file, source, new UTF8Encoding(false), shared: false))[0].ToString();
        var rule = Path.GetFileNameWithoutExtension(file);
        var (one, two) = (ProjectId.CreateNewId(), ProjectId.CreateNewId());
        var solution = Bench.Workspace.CurrentSolution.AddProject(Bench.Project(one, "A", raised: rule)).AddProject(Bench.Project(two, "B", raised: rule)).AddProjectReference(two, new ProjectReference(one));
        var documents = new List<DocumentId>();
        foreach (var (project, name) in new[] { (one, "A/One.cs"), (one, "A/Two.cs"), (two, "B/Three.cs") })
        {
            documents.Add(DocumentId.CreateNewId(project));
            solution = solution.AddDocument(DocumentId.CreateNewId(project), "Usings.cs", documents.Count == 2 ? string.Empty : Usings, ["Support"], filePath: $"/{name}.Usings.cs")
                .AddDocument(documents[^1], name, SourceText.From(InNamespace(source, "Of" + documents.Count), Encoding.UTF8), filePath: "/" + name);
        }

        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(rule));
        var after = await Applied.AllAsync(solution.GetDocument(documents[0])!, fix, FixAllScope.Solution);

        foreach (var document in documents)
        {
            Assert.Equal(InNamespace(alone, "Of" + (documents.IndexOf(document) + 1)), (await after.GetDocument(document)!.GetTextAsync()).ToString());
            Assert.DoesNotContain(await Bench.LifetimeAsync(after.GetProject(document.ProjectId)!), report => report.Id == rule);
        }
    }

    /// <summary>The same code in a namespace, behind its own usings.</summary>
    private static string InNamespace(string source, string name)
    {
        var lines = source.Split('\n').ToList();
        lines.InsertRange(lines.FindLastIndex(line => line.StartsWith("using ", StringComparison.Ordinal)) + 1, ["", $"namespace {name};"]);
        return string.Join('\n', lines);
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
