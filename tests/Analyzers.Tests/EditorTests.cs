using LifetimeAnalyzers.CodeFixes.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Tests;

/// <summary>The editor's way: reports for one document and a span while its text is being typed, and the light bulb there.</summary>
public class EditorTests
{
    private const string Code = """
        using System.Runtime.InteropServices;

        public static class Blocks
        {
            public static void First()
            {
                var block = Marshal.AllocHGlobal(16);
                Marshal.WriteByte(block, 1);
            }

            public static void Second()
            {
                var other = Marshal.AllocHGlobal(16);
                Marshal.WriteByte(other, 1);
            }
        }
        """;

    [Fact]
    public async Task Report_is_there_for_a_document()
    {
        var compilation = await Reports.CompileAsync(Code);

        var reports = await Reports.InEditorAsync(compilation, compilation.SyntaxTrees[0], null);

        Assert.Equal(["LIFE003", "LIFE003"], reports.Select(report => report.Id));
    }

    [Theory]
    [InlineData("// ->.Take(16)")]
    [InlineData("// >.Take(16)")]
    [InlineData("// a > .Take(16) and List<int>.Take(16)")]
    public async Task What_looks_like_type_arguments_need_not_begin_anywhere(string comment)
    {
        var reports = await Reports.OfAsync(comment + """

            using System.Runtime.InteropServices;

            public static class Blocks
            {
                public static nint Take(int size) => Marshal.AllocHGlobal(size);

                public static void Lose() => Marshal.WriteByte(Blocks.Take(16), 1);
            }
            """);

        Assert.Single(reports, report => report.Id == "LIFE003");
    }

    [Fact]
    public async Task Report_is_there_for_the_lines_that_are_shown()
    {
        var compilation = await Reports.CompileAsync(Code);
        var shown = TextSpan.FromBounds(Code.IndexOf("public static void Second", StringComparison.Ordinal), Code.Length);

        var reports = await Reports.InEditorAsync(compilation, compilation.SyntaxTrees[0], shown);

        Assert.Contains("'other'", Assert.Single(reports).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_goes_when_the_release_is_typed_and_comes_back_when_it_is_deleted()
    {
        var before = await Reports.CompileAsync(Code);
        var tree = before.SyntaxTrees[0];
        var text = tree.GetText();
        var at = Code.IndexOf("Marshal.WriteByte(block, 1);", StringComparison.Ordinal);
        var typed = tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(at, 0), "Marshal.FreeHGlobal(block); block = 0; ")));
        var after = before.ReplaceSyntaxTree(tree, typed);

        Assert.Equal(2, (await Reports.InEditorAsync(before, tree, null)).Length);
        Assert.Contains("'other'", Assert.Single(await Reports.InEditorAsync(after, typed, null)).GetMessage(), StringComparison.Ordinal);
        Assert.Equal(2, (await Reports.InEditorAsync(after.ReplaceSyntaxTree(typed, tree), tree, null)).Length);
    }

    [Fact]
    public async Task Half_typed_line_neither_fails_nor_hides_the_report_of_another_method()
    {
        var line = "Marshal.WriteByte(block, 1);";
        var at = Code.IndexOf(line, StringComparison.Ordinal);
        for (var length = 0; length < line.Length; length++)
        {
            var compilation = await Reports.CompileAsync(Code.Remove(at + length, line.Length - length));

            var reports = await Reports.InEditorAsync(compilation, compilation.SyntaxTrees[0], null);

            Assert.Contains(reports, report => report.GetMessage().Contains("'other'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_prefix_of_a_file_is_analysed_without_failing()
    {
        for (var length = 0; length < Code.Length; length += 7)
        {
            var compilation = await Reports.CompileAsync(Code[..length]);

            Assert.All(await Reports.InEditorAsync(compilation, compilation.SyntaxTrees[0], null), report => Assert.StartsWith("LIFE", report.Id, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Change_in_another_file_is_seen()
    {
        var compilation = await Reports.CompileAsync("""
            using System.Runtime.InteropServices;

            public static class Caller
            {
                public static void Run()
                {
                    var block = Marshal.AllocHGlobal(16);
                    Callee.Done(block);
                }
            }
            """);
        var caller = compilation.SyntaxTrees[0];
        var releases = Reports.Parse("static class Callee { public static void Done(nint p) => System.Runtime.InteropServices.Marshal.FreeHGlobal(p); }", "Callee.cs");
        var looks = Reports.Parse("static class Callee { public static void Done(nint p) => System.Runtime.InteropServices.Marshal.ReadByte(p); }", "Callee.cs");
        var before = compilation.AddSyntaxTrees(releases);

        Assert.Empty(await Reports.InEditorAsync(before, caller, null));
        Assert.Equal("LIFE003", Assert.Single(await Reports.InEditorAsync(before.ReplaceSyntaxTree(releases, looks), caller, null)).Id);
    }

    [Fact]
    public async Task Edit_far_away_is_seen_through_what_has_not_been_edited()
    {
        const string Make = "static class Maker { public static nint Make() { nint p = 0; if (p != 0) p = System.Runtime.InteropServices.Marshal.AllocHGlobal(8); return p; } }";
        var maker = Reports.Parse(Make, "Maker.cs");
        var between = Reports.Parse("static class Between { public static nint Pass() => Maker.Make(); }", "Between.cs");
        var user = Reports.Parse("static class User { public static void Run() { nint p = Between.Pass(); System.Runtime.InteropServices.Marshal.WriteByte(p, 1); } }", "User.cs");
        var before = (await Reports.CompileAsync("class Empty { }")).AddSyntaxTrees(maker, between, user);
        foreach (var tree in before.SyntaxTrees)
        {
            Assert.Empty(await Reports.InEditorAsync(before, tree, null));
        }

        var edited = maker.WithChangedText(SourceText.From(Make.Replace("p != 0", "p == 0", StringComparison.Ordinal)));
        var after = before.ReplaceSyntaxTree(maker, edited);

        Assert.Equal("LIFE003", Assert.Single(await Reports.InEditorAsync(after, user, null)).Id);
        var undone = edited.WithChangedText(SourceText.From(Make));
        Assert.Empty(await Reports.InEditorAsync(after.ReplaceSyntaxTree(edited, undone), user, null));
    }

    [Fact]
    public async Task Light_bulb_is_offered_at_the_squiggle_and_repairs_the_code()
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Test", "Test", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true),
            metadataReferences: await Reports.ReferencesAsync()));
        var document = project.AddDocument("Test.cs", SourceText.From(Code));
        var tree = (await document.GetSyntaxTreeAsync())!;
        var report = (await Reports.InEditorAsync((await document.Project.GetCompilationAsync())!, tree, null)).Single(found => found.GetMessage().Contains("'block'", StringComparison.Ordinal));
        var offered = new List<CodeAction>();

        await new NeverFreedFix().RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => offered.Add(action), CancellationToken.None));

        var change = (await offered[0].GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        var repaired = change.ChangedSolution.GetDocument(document.Id)!;
        var left = await Reports.InEditorAsync((await repaired.Project.GetCompilationAsync())!, (await repaired.GetSyntaxTreeAsync())!, null);
        Assert.Contains("'other'", Assert.Single(left).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_member_loses_is_reported_in_its_own_document()
    {
        var filling = Reports.Parse("""
            using System;
            using System.Collections.Generic;
            using System.Runtime.InteropServices;

            public sealed partial class Texts : IDisposable
            {
                private readonly List<nint> _all = new();
                private nint _title;

                public void Add(string text) => _all.Add(Marshal.StringToHGlobalUni(text));

                public void Entitle(string title)
                {
                    Marshal.FreeHGlobal(_title);
                    _title = Marshal.StringToHGlobalUni(title);
                }

                public void Dispose()
                {
                    foreach (var text in _all)
                    {
                        Marshal.FreeHGlobal(text);
                    }

                    _all.Clear();
                    Marshal.FreeHGlobal(_title);
                    _title = 0;
                }
            }
            """, "Texts.cs");
        var losing = Reports.Parse("""
            public sealed partial class Texts
            {
                public void Shorten() => _all.RemoveAt(_all.Count - 1);

                public void Clear() => _all.Clear();

                public void Anonymize() => _title = 0;
            }
            """, "Texts.Losing.cs");
        var compilation = (await Reports.CompileAsync("class Empty { }")).AddSyntaxTrees(filling, losing);

        Assert.Empty(await Reports.InEditorAsync(compilation, filling, null));
        var reports = await Reports.InEditorAsync(compilation, losing, null);

        Assert.Equal(["_all.RemoveAt(_all.Count - 1)", "_all.Clear()", "_title = 0"], reports.OrderBy(report => report.Location.SourceSpan.Start).Select(report => losing.ToString().Substring(report.Location.SourceSpan.Start, report.Location.SourceSpan.Length)));
        Assert.All(reports, report => Assert.Equal("Texts.cs", report.AdditionalLocations[0].SourceTree!.FilePath));
        foreach (var member in (await losing.GetRootAsync()).DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            Assert.Single(await Reports.InEditorAsync(compilation, losing, member.Span));
        }
    }
}
