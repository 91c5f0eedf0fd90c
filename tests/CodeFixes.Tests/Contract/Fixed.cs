using System.Collections.Immutable;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
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
    private static readonly AdhocWorkspace Workspace = new();

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
        await AssertNewErrorsAsync(document, document);
        var all = await AllAsync(document, diagnostics, fix, key);
        AssertText(after, (await all.GetTextAsync()).ToString());
        await AssertNewErrorsAsync(document, all);
        if (diagnostics.Length == 1)
        {
            var actions = await OffersAsync(document, diagnostics[0], fix);
            var action = key is null ? actions[0] : actions.Single(action => action.EquivalenceKey == key);
            Assert.Equal(key ?? fix.DefaultKey, action.EquivalenceKey);
            var single = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
            Assert.Equal(after, (await single.GetTextAsync()).ToString());
        }
    }

    /// <summary>Checks that nothing is offered, and that fix-all leaves the text as it is.</summary>
    public static async Task NotOfferedAsync(ImmutableDictionary<string, string?> properties, string source, string? key = null)
    {
        var (document, diagnostics, fix) = Prepare(properties, source);
        var offers = await OffersAsync(document, diagnostics[0], fix);
        Assert.DoesNotContain(offers, action => key is null || action.EquivalenceKey == key);
        if (key is null)
        {
            Assert.Equal((await document.GetTextAsync()).ToString(), (await (await AllAsync(document, diagnostics, fix, null)).GetTextAsync()).ToString());
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
        var project = ProjectId.CreateNewId();
        var id = DocumentId.CreateNewId(project);
        var tree = CSharpSyntaxTree.ParseText(marked.Text);
        var isProgram = tree.GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false);
        var references = References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None).Result.Add(References.Runtime);
        var document = Workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(project, VersionStamp.Default, "Test", "Test", LanguageNames.CSharp, compilationOptions: options, parseOptions: new CSharpParseOptions(LanguageVersion.Preview), metadataReferences: references))
            .AddDocument(id, "Test.cs", SourceText.From(marked.Text, System.Text.Encoding.UTF8), filePath: "/Test.cs")
            .GetDocument(id)!;
        tree = document.GetSyntaxTreeAsync().Result!;
        var rules = new LifetimeAnalyzer().SupportedDiagnostics.ToDictionary(rule => rule.Id);
        var diagnostics = marked.Marks.Where(mark => rules.ContainsKey(mark.Name)).OrderBy(mark => mark.Span.Start).Select(report =>
        {
            var places = marked.Marks.Where(mark => mark.Group == report.Group && !rules.ContainsKey(mark.Name) && mark.Name.All(char.IsLetter)).OrderBy(mark => mark.Span.Start).ToList();
            var all = properties.SetItem(FixData.RolesKey, string.Join(",", places.Select(place => place.Name)));
            return Diagnostic.Create(rules[report.Name], Location.Create(tree, report.Span), places.Select(place => Location.Create(tree, place.Span)), all);
        }).ToImmutableArray();
        var fix = typeof(LifetimeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LifetimeFix))).Select(type => (LifetimeFix)Activator.CreateInstance(type)!).Single(fix => fix.FixableDiagnosticIds.Contains(diagnostics[0].Id));
        return (document, diagnostics, fix);
    }

    private static async Task<List<CodeAction>> OffersAsync(Document document, Diagnostic diagnostic, LifetimeFix fix)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task<Document> AllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, LifetimeFix fix, string? key)
    {
        var context = new FixAllContext(document, fix, FixAllScope.Solution, key ?? fix.DefaultKey, fix.FixableDiagnosticIds, new Given(diagnostics), CancellationToken.None);
        var action = await fix.GetFixAllProvider().GetFixAsync(context);
        return action is null ? document : (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private static async Task AssertNewErrorsAsync(Document before, Document after)
    {
        var known = before == after ? [] : (await before.GetSemanticModelAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning).GroupBy(diagnostic => diagnostic.Id).ToDictionary(group => group.Key, group => group.Count());
        var found = (await after.GetSemanticModelAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || (before != after && diagnostic.Severity == DiagnosticSeverity.Warning));
        Assert.Empty(found.GroupBy(diagnostic => diagnostic.Id).Where(group => group.Count() > known.GetValueOrDefault(group.Key)).SelectMany(group => group));
    }

    private sealed class Given(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(diagnostics.AsEnumerable());

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult(diagnostics.AsEnumerable());

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
