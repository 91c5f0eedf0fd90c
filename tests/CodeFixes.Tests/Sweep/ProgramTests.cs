using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// Code as people write it, with the mistakes that people make: everything that is offered holds the bars, and what is
/// left when all defaults are applied is what the files say, in a comment <c>// not repaired: why</c> at the report. A first line <c>// raised: LIFE018</c> makes a hidden rule a warning.
/// </summary>
public class ProgramTests
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>All that the compiler at hand can read.</summary>
    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Programs"), "*.cs").Where(path => Bench.CanRead(File.ReadAllText(path))).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_offer_is_right_and_the_defaults_leave_nothing(string file)
    {
        var document = await OpenAsync(file);
        Assert.DoesNotContain((await document.GetSemanticModelAsync())!.GetDiagnostics(), error => error.Severity == DiagnosticSeverity.Error);

        var faults = await Offers.FaultsAsync(document);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        var after = await FixedAsync(document);
        var text = await after.GetTextAsync();
        var left = (await Bench.LifetimeAsync(after.Project)).Where(diagnostic => Bench.Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id))).ToList();
        var unsaid = left.Where(diagnostic => !text.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString().Contains("// not repaired: ", StringComparison.Ordinal)).ToList();
        Assert.True(unsaid.Count == 0, string.Join("\n", unsaid) + "\n" + text);
        Assert.Equal((await document.GetTextAsync()).ToString().Split("// not repaired: ").Length - 1, left.Count);
    }

    /// <summary>After fix-all of every rule, as the formatter does it.</summary>
    private static async Task<Document> FixedAsync(Document document)
    {
        var before = await Bench.CountsAsync(document.Project);
        foreach (var fix in Bench.Fixes.Where(fix => before.ContainsKey(fix.FixableDiagnosticIds[0])))
        {
            document = (await Bar.FixAllHoldsAsync(document, fix, everyScope: false)).GetDocument(document.Id)!;
            var after = await Bench.CountsAsync(document.Project);
            Assert.Empty(Bar.Faults(null, before, after, isDefault: true));
            before = after;
        }

        return document;
    }

    internal static async Task<Document> OpenAsync(string file)
    {
        var source = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Programs", file));
        var isProgram = CSharpSyntaxTree.ParseText(source).GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));
        var raised = source.StartsWith("// raised: ", StringComparison.Ordinal) ? source["// raised: ".Length..source.IndexOf('\n', StringComparison.Ordinal)] : null;
        return Bench.EmptyProject(isProgram, raised: raised).AddDocument("Usings.cs", Usings, ["Support"], filePath: "/Usings.cs").Project
            .AddDocument(file, SourceText.From(source, System.Text.Encoding.UTF8), filePath: "/" + file);
    }
}
