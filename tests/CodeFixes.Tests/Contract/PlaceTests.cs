using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Contract;

/// <summary>
/// Of several reports of one rule in a file, a fix repairs the one that it is asked for: a plan after which another one is
/// gone is no repair, although one report less is left.
/// </summary>
public class PlaceTests
{
    private const string Source = """
        using System;
        using System.Runtime.InteropServices;

        abstract class Sink
        {
            public abstract void Take(nint block);
        }

        sealed class First : Sink
        {
            public override void Take(nint block)
            {
                Console.WriteLine(1);
                Marshal.FreeHGlobal(block);
            }
        }

        sealed class Second : Sink
        {
            public override void Take(nint block)
            {
                Console.WriteLine(2);
                Marshal.FreeHGlobal(block);
            }
        }

        static class Calls
        {
            public static void ToSecond()
            {
                Sink sink = new Second();
                nint block = Marshal.AllocHGlobal(8);
                sink.Take(block);
            }

            public static void ToFirst()
            {
                Sink sink = new First();
                nint block = Marshal.AllocHGlobal(8);
                sink.Take(block);
            }
        }
        """;

    [Theory]
    [InlineData("ToFirst", "class First")]
    [InlineData("ToSecond", "class Second")]
    public async Task A_fix_repairs_the_report_that_it_is_asked_for(string caller, string repaired)
    {
        var document = Bench.EmptyProject(raised: "LIFE005").AddDocument("Test.cs", SourceText.From(Source, System.Text.Encoding.UTF8), filePath: "/Test.cs");
        var reports = await LeaksAsync(document);
        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains("LIFE005"));

        var after = (await Applied.ApplyAsync((await Applied.OffersAsync(document, reports[caller], fix))[0])).GetDocument(document.Id)!;

        var first = (await after.GetTextAsync()).GetTextChanges(await document.GetTextAsync())[0].Span.Start;
        Assert.StartsWith(repaired, Source[Source.LastIndexOf("class ", first, StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(reports.Keys.Where(other => other != caller), (await LeaksAsync(after)).Keys);
    }

    /// <summary>The reports by the method that they are in.</summary>
    private static async Task<Dictionary<string, Diagnostic>> LeaksAsync(Document document)
    {
        var text = (await document.GetTextAsync()).ToString();
        return (await Bench.LifetimeAsync(document.Project)).Where(report => report.Id == "LIFE005").ToDictionary(report => text[..report.Location.SourceSpan.Start].Split("void ")[^1].Split('(')[0]);
    }
}
