using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// A source before and after all default fixes: rule by rule with fix-all, as the formatter works, and one finding at a
/// time, which has to give the same text.
/// </summary>
internal sealed record FixRun(IReadOnlyList<string> Before, IReadOnlyList<string> After, string Text)
{
    private static readonly AdhocWorkspace Workspace = new();

    private static readonly LifetimeFix[] Fixes = [.. typeof(LifetimeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LifetimeFix))).Select(type => (LifetimeFix)Activator.CreateInstance(type)!).OrderBy(fix => fix.FixableDiagnosticIds[0], StringComparer.Ordinal)];

    public static async Task<FixRun> OfAsync(string source)
    {
        var project = ProjectId.CreateNewId();
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false);
        var references = (await References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None)).Add(References.Runtime);
        var id = DocumentId.CreateNewId(project);
        var document = Workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(project, VersionStamp.Default, "Test", "Test", LanguageNames.CSharp, compilationOptions: options, parseOptions: new CSharpParseOptions(LanguageVersion.Preview), metadataReferences: references))
            .AddDocument(id, "Test.cs", SourceText.From(source, System.Text.Encoding.UTF8), filePath: "/Test.cs").GetDocument(id)!;
        var before = await ReportedAsync(document);
        var together = await AllAsync(document, FixAllScope.Solution);
        var text = (await together.GetTextAsync()).ToString();
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project })
        {
            Assert.Equal(text, (await (await AllAsync(document, scope)).GetTextAsync()).ToString());
        }

        Assert.Equal(text, (await (await InTurnAsync(document)).GetTextAsync()).ToString());
        var errors = (await together.GetSemanticModelAsync())!.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error);
        var after = await ReportedAsync(together);
        return new FixRun([.. before.Select(diagnostic => diagnostic.Id)], [.. after.Concat(errors).Select(diagnostic => diagnostic.ToString())], text);
    }

    private static async Task<Document> AllAsync(Document document, FixAllScope scope)
    {
        foreach (var fix in Fixes)
        {
            var reported = (await ReportedAsync(document)).Where(diagnostic => diagnostic.Id == fix.FixableDiagnosticIds[0]).ToImmutableArray();
            if (reported.Length == 0)
            {
                continue;
            }

            var context = new FixAllContext(document, fix, scope, fix.DefaultKey, fix.FixableDiagnosticIds, new Given(reported), CancellationToken.None);
            if (await fix.GetFixAllProvider().GetFixAsync(context) is { } action)
            {
                document = await ApplyAsync(document, action);
            }
        }

        return document;
    }

    private static async Task<Document> InTurnAsync(Document document)
    {
        foreach (var fix in Fixes)
        {
            for (var round = 0; round < 20; round++)
            {
                CodeAction? first = null;
                foreach (var diagnostic in (await ReportedAsync(document)).Where(diagnostic => diagnostic.Id == fix.FixableDiagnosticIds[0]).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
                {
                    await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => first ??= action.EquivalenceKey == fix.DefaultKey ? action : null, CancellationToken.None));
                }

                if (first is null)
                {
                    break;
                }

                document = await ApplyAsync(document, first);
            }
        }

        return document;
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;

    private static async Task<ImmutableArray<Diagnostic>> ReportedAsync(Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var analysis = compilation.WithAnalyzers([new LifetimeAnalyzer()], new CompilationWithAnalyzersOptions(document.Project.AnalyzerOptions, null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        return [.. (await analysis.GetAnalyzerDiagnosticsAsync()).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)];
    }

    private sealed class Given(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(diagnostics.AsEnumerable());

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult(diagnostics.AsEnumerable());

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
