using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Contract;

/// <summary>
/// Applies fixes to findings that are marked by hand, so that what a fix writes is tested apart from what the analyzer
/// finds: one by one through the first offer, and all at once. Both have to give the same text, and it has to compile.
/// </summary>
internal static class Fixed
{
    public static readonly ImmutableDictionary<string, string?> NativeMemory = Block("NativeMemory", "process", "global::System.Runtime.InteropServices.NativeMemory.Free({0})");

    public static readonly ImmutableDictionary<string, string?> HGlobal = Block("HGlobal", "process", "global::System.Runtime.InteropServices.Marshal.FreeHGlobal({0})");

    public static readonly ImmutableDictionary<string, string?> ArrayPool = Block("ArrayPool", "pool", "global::System.Buffers.ArrayPool<byte>.Shared.Return({0})");

    public static readonly ImmutableDictionary<string, string?> Owner = Block("MemoryOwner", "pool", "{0}.Dispose()");

    public static readonly ImmutableDictionary<string, string?> GCHandle = Block("GCHandle", "process", "{0}.Free()");

    public static ImmutableDictionary<string, string?> Block(string family, string lifetime, string release) =>
        ImmutableDictionary<string, string?>.Empty.Add(FixData.FamilyKey, family).Add(FixData.LifetimeKey, lifetime).Add(FixData.ReleaseTemplateKey, release);

    /// <summary>Checks that the default fix, or the one under <paramref name="key"/>, makes <paramref name="before"/> into <paramref name="after"/>.</summary>
    public static async Task BecomesAsync(ImmutableDictionary<string, string?> properties, string before, string after, string? key = null)
    {
        var (document, diagnostics, fix) = Prepare(properties, before);
        var reported = await Bench.LifetimeAsync(document.Project);
        var counts = await Bench.CountsAsync(document.Project);
        var all = (await Applied.AllAsync(document, fix, FixAllScope.Solution, key, diagnostics)).GetDocument(document.Id)!;
        AssertText(after, (await all.GetTextAsync()).ToString());
        var isReported = diagnostics.All(diagnostic => reported.Any(other => other.Id == diagnostic.Id && other.Location.SourceSpan == diagnostic.Location.SourceSpan));
        Assert.Empty(Bar.Faults(isReported ? diagnostics[0].Id : null, counts, await Bench.CountsAsync(all.Project), key is null));
        Assert.Equal(after, (await (await Applied.AllAsync(all, fix, FixAllScope.Solution, key)).GetDocument(document.Id)!.GetTextAsync()).ToString());
        if (diagnostics.Length == 1)
        {
            var actions = await Applied.OffersAsync(document, diagnostics[0], fix);
            var action = key is null ? actions[0] : actions.Single(action => action.EquivalenceKey == key);
            Assert.Equal(key ?? fix.DefaultKey, action.EquivalenceKey);
            var single = (await Applied.ApplyAsync(action)).GetDocument(document.Id)!;
            Assert.Equal(after, (await single.GetTextAsync()).ToString());
        }
    }

    /// <summary>Checks that nothing is offered, and that fix-all leaves the text as it is.</summary>
    public static async Task NotOfferedAsync(ImmutableDictionary<string, string?> properties, string source, string? key = null)
    {
        var (document, diagnostics, fix) = Prepare(properties, source);
        var offers = await Applied.OffersAsync(document, diagnostics[0], fix);
        Assert.DoesNotContain(offers, action => key is null || action.EquivalenceKey == key);
        if (key is null)
        {
            Assert.Equal((await document.GetTextAsync()).ToString(), (await (await Applied.AllAsync(document, fix, FixAllScope.Solution, null, diagnostics)).GetDocument(document.Id)!.GetTextAsync()).ToString());
        }
    }

    private static void AssertText(string expected, string actual)
    {
        if (expected != actual)
        {
            Assert.Fail($"The fix writes something else.\n--- expected\n{expected}\n--- actual\n{actual}--- end");
        }
    }

    private static (Document Document, ImmutableArray<Diagnostic> Diagnostics, LifetimeFix Fix) Prepare(ImmutableDictionary<string, string?> properties, string source)
    {
        var marked = MarkedSource.Parse(source);
        var tree = CSharpSyntaxTree.ParseText(marked.Text);
        var isProgram = tree.GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));
        var document = Bench.EmptyProject(isProgram).AddDocument("Test.cs", SourceText.From(marked.Text, System.Text.Encoding.UTF8), filePath: "/Test.cs");
        tree = document.GetSyntaxTreeAsync().Result!;
        var rules = new LifetimeAnalyzer().SupportedDiagnostics.ToDictionary(rule => rule.Id);
        var diagnostics = marked.Marks.Where(mark => rules.ContainsKey(mark.Name)).OrderBy(mark => mark.Span.Start).Select(report =>
        {
            var places = marked.Marks.Where(mark => mark.Group == report.Group && !rules.ContainsKey(mark.Name) && mark.Name.All(char.IsLetter)).OrderBy(mark => mark.Span.Start).ToList();
            var all = properties.SetItem(FixData.RolesKey, string.Join(",", places.Select(place => place.Name)));
            return Diagnostic.Create(rules[report.Name], Location.Create(tree, report.Span), places.Select(place => Location.Create(tree, place.Span)), all);
        }).ToImmutableArray();
        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(diagnostics[0].Id));
        return (document, diagnostics, fix);
    }
}
