using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>Fix-all over several files and projects, and over a file that several projects share.</summary>
public class SolutionTests
{
    private static string Leak(string type) => $$"""
        using System.Runtime.InteropServices;

        static unsafe class {{type}}
        {
            public static int First()
            {
                var p = (int*)NativeMemory.Alloc(16);
                *p = 1;
                return *p;
            }

            public static int Second(int n)
            {
                nint one = Marshal.AllocHGlobal(n);
                nint two = Marshal.AllocHGlobal(n);
                return Marshal.ReadByte(one) + Marshal.ReadByte(two);
            }
        }

        """;

    [Theory]
    [InlineData(FixAllScope.Document, "One")]
    [InlineData(FixAllScope.Project, "One Two")]
    [InlineData(FixAllScope.Solution, "One Two Other")]
    public async Task Fix_all_reaches_as_far_as_it_is_told(FixAllScope scope, string changed)
    {
        var solution = Solution();
        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains("LIFE003"));
        var start = solution.Projects.First(project => project.Name == "A").Documents.First(document => document.Name == "One.cs");
        await Bar.FixAllHoldsAsync(start, fix);

        var after = await Applied.AllAsync(start, fix, scope);

        var names = new List<string>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
        {
            if ((await document.GetTextAsync()).ToString() != (await after.GetDocument(document.Id)!.GetTextAsync()).ToString())
            {
                names.Add(Path.GetFileNameWithoutExtension(document.Name));
            }
        }

        Assert.Equal(changed, string.Join(' ', names.Order(StringComparer.Ordinal).OrderBy(name => name == "Other")));
    }

    [Fact]
    public async Task Nothing_is_left_in_any_project()
    {
        var solution = Solution();
        foreach (var fix in Bench.Fixes)
        {
            solution = await Applied.AllAsync(solution.Projects.First().Documents.First(), fix, FixAllScope.Solution);
        }

        foreach (var project in solution.Projects)
        {
            Assert.Empty(await Bench.LifetimeAsync(project));
            Assert.DoesNotContain((await project.GetCompilationAsync())!.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
    }

    [Fact]
    public async Task Linked_file_is_fixed_once()
    {
        var (one, two) = (ProjectId.CreateNewId(), ProjectId.CreateNewId());
        var (here, there) = (DocumentId.CreateNewId(one), DocumentId.CreateNewId(two));
        var text = SourceText.From(Leak("Shared"), System.Text.Encoding.UTF8);
        var solution = Bench.Workspace.CurrentSolution
            .AddProject(Bench.Project(one, "A")).AddProject(Bench.Project(two, "B"))
            .AddDocument(here, "Shared.cs", text, filePath: "/Shared.cs").AddDocument(there, "Shared.cs", text, filePath: "/Shared.cs");
        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains("LIFE003"));

        var after = await Applied.AllAsync(solution.GetDocument(here)!, fix, FixAllScope.Solution);

        var fixedText = (await after.GetDocument(here)!.GetTextAsync()).ToString();
        Assert.Equal(fixedText, (await after.GetDocument(there)!.GetTextAsync()).ToString());
        Assert.Equal(4, fixedText.Split("finally").Length);
        Assert.Empty(await Bench.LifetimeAsync(after.GetProject(one)!));
        Assert.Empty(await Bench.LifetimeAsync(after.GetProject(two)!));
    }

    private static Solution Solution()
    {
        var (a, b) = (ProjectId.CreateNewId(), ProjectId.CreateNewId());
        return Bench.Workspace.CurrentSolution
            .AddProject(Bench.Project(a, "A")).AddProject(Bench.Project(b, "B"))
            .AddDocument(DocumentId.CreateNewId(a), "One.cs", SourceText.From(Leak("One"), System.Text.Encoding.UTF8), filePath: "/A/One.cs")
            .AddDocument(DocumentId.CreateNewId(a), "Two.cs", SourceText.From(Leak("Two"), System.Text.Encoding.UTF8), filePath: "/A/Two.cs")
            .AddDocument(DocumentId.CreateNewId(b), "Other.cs", SourceText.From(Leak("Other"), System.Text.Encoding.UTF8), filePath: "/B/Other.cs")
            .AddProjectReference(b, new ProjectReference(a));
    }
}
