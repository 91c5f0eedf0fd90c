using System.Text;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>A fix that changes what a public member promises is felt in the projects that refer to its own: where they would be reported then, it is not offered.</summary>
public class OtherProjectsTests
{
    private const string Gives = """
        using System.Runtime.InteropServices;

        public static class Blocks
        {
            public static nint Make(int size)
            {
                var block = Marshal.AllocHGlobal(size);
                Marshal.WriteByte(block, 1);
                return block;
            }
        }

        """;

    private const string Owner = """
        using System.Runtime.InteropServices;

        public class Owner
        {
            private nint _block = Marshal.AllocHGlobal(8);

            public byte First => Marshal.ReadByte(_block);
        }

        """;

    private static string Caller(string statements) => $$"""
        using System.Runtime.InteropServices;

        internal static class Caller
        {
            public static byte M()
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                return read;
            }
        }

        {{(statements.Contains("Closed", StringComparison.Ordinal) ? "internal sealed class Closed : Owner { public void Dispose() { } }" : "internal sealed class Open : Owner { }")}}

        """;

    [Theory]
    [InlineData("LIFE018", Gives, "var read = Marshal.ReadByte(Blocks.Make(8));", false)]
    [InlineData("LIFE018", Gives, "var got = Blocks.Make(8);\nvar read = Marshal.ReadByte(got);\nMarshal.FreeHGlobal(got);", true)]
    [InlineData("LIFE013", Owner, "var read = new Closed().First;", false)]
    [InlineData("LIFE013", Owner, "var read = new Open().First;", true)]
    public async Task What_callers_in_other_projects_would_feel_is_asked(string rule, string callee, string statements, bool isRepaired)
    {
        var (document, other) = Open(rule, callee, statements);
        Assert.Contains(rule, (await Bench.CountsAsync(document.Project)).Keys);
        var before = await Bench.CountsAsync(document.Project.Solution.GetProject(other)!);

        var after = await Applied.AllAsync(document, FixOf(rule), FixAllScope.Document);

        Assert.Empty(Bar.Faults(null, before, await Bench.CountsAsync(after.GetProject(other)!), isDefault: true));
        Assert.Equal(isRepaired, !(await Bench.CountsAsync(after.GetProject(document.Project.Id)!)).ContainsKey(rule));
    }

    [Fact]
    public async Task Who_asks_by_name_is_told_where_it_brings_up_a_report()
    {
        var (document, other) = Open("LIFE018", Gives, "var read = Marshal.ReadByte(Blocks.Make(8));");
        var report = (await Bench.LifetimeAsync(document.Project)).Single(diagnostic => diagnostic.Id == "LIFE018");

        var offer = Assert.Single(await Applied.OffersAsync(document, report, FixOf("LIFE018")));

        Assert.Equal("LIFE018.WriteAttribute", offer.EquivalenceKey);
        Assert.EndsWith(" (brings up a report in B)", offer.Title, StringComparison.Ordinal);
        Assert.NotEmpty(await Bench.LifetimeAsync((await Applied.ApplyAsync(offer)).GetProject(other)!));
    }

    private static LifetimeFix FixOf(string rule) => Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(rule));

    /// <summary>The file that is to be repaired, in a project to which another one refers.</summary>
    private static (Document Document, ProjectId Other) Open(string rule, string callee, string statements)
    {
        var (a, b) = (ProjectId.CreateNewId(), ProjectId.CreateNewId());
        var (here, there) = (DocumentId.CreateNewId(a), DocumentId.CreateNewId(b));
        var solution = Bench.Workspace.CurrentSolution
            .AddProject(Bench.Project(a, "A", raised: rule)).AddProject(Bench.Project(b, "B"))
            .AddDocument(here, "Blocks.cs", SourceText.From(callee, Encoding.UTF8), filePath: "/A/Blocks.cs")
            .AddDocument(there, "Caller.cs", SourceText.From(Caller(statements), Encoding.UTF8), filePath: "/B/Caller.cs")
            .AddProjectReference(b, new ProjectReference(a));
        return (solution.GetDocument(here)!, b);
    }
}
