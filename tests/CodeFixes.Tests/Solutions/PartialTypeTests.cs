using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>A partial type has its fields in one file and its <c>Dispose</c> in another.</summary>
public class PartialTypeTests
{
    private const string Fields = """
        using System.Buffers;
        using System.Runtime.InteropServices;

        namespace N;

        internal sealed partial class Owner
        {
            private readonly nint _one = Marshal.AllocHGlobal(8);
            private nint _two;

            public Owner(int size)
            {
                _two = Marshal.AllocHGlobal(size);
            }
        }

        """;

    private const string Dispose = """
        using System;

        namespace N;

        internal partial class Owner : IDisposable
        {
            public void Dispose()
            {
                Console.WriteLine("done");
            }
        }

        """;

    private static readonly LifetimeFix Fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains("LIFE013"));

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task The_other_file_is_completed(FixAllScope scope)
    {
        var fields = Open("Owner.Dispose.cs", "\r\n");
        Assert.Equal(2, (await Bench.LifetimeAsync(fields.Project)).Length);
        await Bar.FixAllHoldsAsync(fields, Fix, everyScope: false);

        var after = (await Applied.AllAsync(fields, Fix, scope)).GetProject(fields.Project.Id)!;

        Assert.Empty(await Bench.LifetimeAsync(after));
        Assert.DoesNotContain((await after.GetCompilationAsync())!.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal(Fields.Replace("readonly ", string.Empty, StringComparison.Ordinal).ReplaceLineEndings("\r\n"), await TextAsync(after, "Owner.cs"));
        Assert.Equal(
            Dispose.Replace("using System;\n", "using System;\nusing System.Runtime.InteropServices;\n", StringComparison.Ordinal)
                .Replace("done\");\n", "done\");\n        Marshal.FreeHGlobal(_one);\n        _one = default;\n        Marshal.FreeHGlobal(_two);\n        _two = default;\n", StringComparison.Ordinal),
            await TextAsync(after, "Owner.Dispose.cs"));
    }

    [Fact]
    public async Task What_a_tool_writes_is_left_alone()
    {
        var fields = Open("Owner.g.cs", "\n");

        var after = (await Applied.AllAsync(fields, Fix, FixAllScope.Solution)).GetProject(fields.Project.Id)!;

        Assert.Equal(Fields, await TextAsync(after, "Owner.cs"));
        Assert.Equal(Dispose, await TextAsync(after, "Owner.g.cs"));
    }

    /// <summary>The file with the fields, beside the other one, which keeps its own line ends.</summary>
    private static Document Open(string other, string lineEnd) =>
        Bench.EmptyProject().AddDocument(other, SourceText.From(Dispose, System.Text.Encoding.UTF8), filePath: "/" + other).Project
            .AddDocument("Owner.cs", SourceText.From(Fields.ReplaceLineEndings(lineEnd), System.Text.Encoding.UTF8), filePath: "/Owner.cs");

    private static async Task<string> TextAsync(Project project, string name) => (await project.Documents.Single(document => document.Name == name).GetTextAsync()).ToString();
}
