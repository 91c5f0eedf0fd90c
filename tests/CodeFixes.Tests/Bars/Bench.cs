using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.CodeFixes.Tests.Bars;

/// <summary>Where fixes are tried: projects in memory, the fixes of the package, and what is reported by our rules, the compiler and CA2000.</summary>
internal static class Bench
{
    /// <summary>Empty; what is added to it is another solution.</summary>
    public static readonly AdhocWorkspace Workspace = new();

    public static readonly LifetimeFix[] Fixes = [.. typeof(LifetimeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LifetimeFix))).Select(type => (LifetimeFix)Activator.CreateInstance(type)!).OrderBy(fix => fix.FixableDiagnosticIds[0], StringComparer.Ordinal)];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new LifetimeAnalyzer(), .. Peers()];

    private static readonly ConcurrentDictionary<(bool, bool, string?), Lazy<(Project Project, Compilation Compilation)>> Empty = new();

    /// <summary>What was reported in a file of a compilation: a state is often asked for twice, before a step and after the one before it.</summary>
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxTree, Reported>> Known = [];

    /// <summary>
    /// The same project each time, without documents. Its references are bound once, and whoever adds a document to it
    /// shares them: that is most of what a small test costs.
    /// </summary>
    public static Project EmptyProject(bool isProgram = false, bool withRuntime = true, string? raised = null) => Empty.GetOrAdd((isProgram, withRuntime, raised), _ => new(() =>
    {
        var id = ProjectId.CreateNewId();
        var project = Workspace.CurrentSolution.AddProject(Project(id, "Test", isProgram, withRuntime, raised)).GetProject(id)!;
        return (project, project.GetCompilationAsync().Result!);
    })).Value.Project;

    /// <summary>The compiler at hand is the one that the tests run on by default.</summary>
    public static bool IsNewest => typeof(Compilation).Assembly.GetName().Version!.Major >= 5;

    /// <summary>Whether the compiler at hand can read <paramref name="source"/>; the newest can read all of ours.</summary>
    public static bool CanRead(string source) =>
        IsNewest
        || !CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetDiagnostics().Any(error => error.Severity == DiagnosticSeverity.Error);

    /// <summary>A project without documents, in which <paramref name="raised"/> is a warning whatever its default.</summary>
    public static ProjectInfo Project(ProjectId id, string name, bool isProgram = false, bool withRuntime = true, string? raised = null)
    {
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false)
            .WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("CA2000", ReportDiagnostic.Warn).SetItem(raised ?? "CA2000", ReportDiagnostic.Warn));
        var references = References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None).Result;
        return ProjectInfo.Create(id, VersionStamp.Default, name, name, LanguageNames.CSharp, filePath: $"/{name}.csproj", compilationOptions: options, parseOptions: new CSharpParseOptions(LanguageVersion.Preview), metadataReferences: withRuntime ? references.Add(References.Runtime) : references);
    }

    /// <summary>All that our rules report in <paramref name="project"/>.</summary>
    public static async Task<ImmutableArray<Diagnostic>> LifetimeAsync(Project project)
    {
        var found = new List<Diagnostic>();
        foreach (var document in project.Documents.OrderBy(document => document.FilePath, StringComparer.Ordinal))
        {
            found.AddRange((await OursAsync(document)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start));
        }

        return [.. found.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)];
    }

    /// <summary>How often each of our rules, each of the compiler's, and CA2000 is reported in <paramref name="project"/>; hidden reports apart.</summary>
    public static async Task<Dictionary<string, int>> CountsAsync(Project project)
    {
        var found = new List<Diagnostic>();
        foreach (var document in project.Documents.Where(document => !IsSupport(document)))
        {
            found.AddRange(await ReportsAsync(document));
        }

        return Counts(found);
    }

    /// <summary>The same for one document, with the reports themselves.</summary>
    public static async Task<(Dictionary<string, int> Counts, IReadOnlyList<Diagnostic> Reports)> CountsAndReportsAsync(Document document)
    {
        var found = await ReportsAsync(document);
        return (Counts(found), found);
    }

    /// <summary>How often each rule is among <paramref name="found"/>, hidden reports apart.</summary>
    public static Dictionary<string, int> Counts(IEnumerable<Diagnostic> found) =>
        found.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed).GroupBy(diagnostic => diagnostic.Id).ToDictionary(group => group.Key, group => group.Count());

    private static async Task<IReadOnlyList<Diagnostic>> ReportsAsync(Document document)
    {
        var model = (await document.GetSemanticModelAsync())!;
        var known = KnownOf(model);
        var mayDispose = Analyzers.Length > 1 && (await document.GetTextAsync()).ToString().Contains("ispos", StringComparison.Ordinal);
        if (mayDispose && known.Ours is null)
        {
            // Together, because for either the compiler has to go through the whole file.
            var both = await AnalyzedAsync(document, Analyzers);
            known.Ours = [.. both.Where(diagnostic => diagnostic.Id != "CA2000")];
            known.Peers = [.. both.Where(diagnostic => diagnostic.Id == "CA2000")];
        }

        known.Peers ??= mayDispose ? await AnalyzedAsync(document, Analyzers[1..]) : [];
        known.Compiler ??= model.GetDiagnostics();
        return [.. await OursAsync(document), .. known.Peers.Value, .. known.Compiler.Value];
    }

    private static async Task<ImmutableArray<Diagnostic>> OursAsync(Document document) =>
        KnownOf((await document.GetSemanticModelAsync())!).Ours ??= await AnalyzedAsync(document, Analyzers[..1]);

    private static Reported KnownOf(SemanticModel model) => Known.GetOrCreateValue(model.Compilation).GetOrAdd(model.SyntaxTree, _ => new Reported());

    private static async Task<ImmutableArray<Diagnostic>> AnalyzedAsync(Document document, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        if (IsSupport(document))
        {
            return [];
        }

        var model = (await document.GetSemanticModelAsync())!;
        var how = new CompilationWithAnalyzersOptions(document.Project.AnalyzerOptions, (exception, _, _) => throw exception, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        return await model.Compilation.WithAnalyzers(analyzers, how).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None);
    }

    /// <summary>What a file under test needs beside it is not looked at.</summary>
    public static bool IsSupport(Document document) => document.Folders.Contains("Support");

    /// <summary>CA2000, where the compiler at hand can load it.</summary>
    private static IEnumerable<DiagnosticAnalyzer> Peers()
    {
        if (!IsNewest)
        {
            return [];
        }

        var folder = typeof(Bench).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "NetAnalyzers").Value!;
        var type = Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.NetAnalyzers.dll")).GetType("Microsoft.NetCore.Analyzers.Runtime.DisposeObjectsBeforeLosingScope", throwOnError: true)!;
        return [(DiagnosticAnalyzer)Activator.CreateInstance(type)!];
    }

    private sealed class Reported
    {
        public ImmutableArray<Diagnostic>? Ours { get; set; }

        public ImmutableArray<Diagnostic>? Peers { get; set; }

        public ImmutableArray<Diagnostic>? Compiler { get; set; }
    }
}
