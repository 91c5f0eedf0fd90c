using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Runs analyzers over test code and compares what they report with what is expected. Not thread-safe; one instance a test.</summary>
public abstract class AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    // A compilation without source for each set of references: trees added to it share its bound references.
    private static readonly ConcurrentDictionary<string, CSharpCompilation> Bases = new(StringComparer.Ordinal);

    /// <summary>Adds a source file to <see cref="TestState"/>.</summary>
    public string TestCode
    {
        set => TestState.Sources.Add(value);
    }

    /// <summary>The code under test.</summary>
    public SolutionState TestState { get; } = new();

    /// <summary>The diagnostics that markup cannot describe.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics => TestState.ExpectedDiagnostics;

    /// <summary>The framework to compile against.</summary>
    public ReferenceAssemblies ReferenceAssemblies { get; set; } = ReferenceAssemblies.Net.Net100;

    /// <summary>Which compiler diagnostics have to be expected.</summary>
    public CompilerDiagnostics CompilerDiagnostics { get; set; } = CompilerDiagnostics.Errors;

    /// <summary>Ids that are switched off.</summary>
    public List<string> DisabledDiagnostics { get; } = [];

    internal TVerifier Verifier { get; } = new();

    /// <summary>Runs the test; throws when an expectation does not hold.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default) => await RunImplAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The analyzers to run.</summary>
    protected abstract IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers();

    /// <summary>The compiler's options.</summary>
    protected virtual CompilationOptions CreateCompilationOptions() => new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);

    /// <summary>The parser's options.</summary>
    protected virtual ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Diagnose);

    /// <summary>The descriptor that <c>[|...|]</c> stands for.</summary>
    protected virtual DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers)
    {
        var all = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).ToArray();
        return all.Length == 1 ? all[0] : throw new InvalidOperationException("The analyzer has several rules: write {|ID:...|} instead of [|...|].");
    }

    private protected virtual async Task RunImplAsync(CancellationToken cancellationToken)
    {
        var parsed = Parse(TestState);
        Compare(parsed, await DiagnosticsAsync(parsed, cancellationToken).ConfigureAwait(false), "The code under test");
    }

    private protected ParsedState Parse(SolutionState state) => ParsedState.Parse(state, () => GetDefaultDiagnostic([.. GetDiagnosticAnalyzers()])!);

    private protected async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(ParsedState parsed, CancellationToken cancellationToken)
    {
        var compilations = new Dictionary<string, Compilation>(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in InOrderOfReferences(parsed.State))
        {
            var compilation = await CompileAsync(parsed, project, compilations, cancellationToken).ConfigureAwait(false);
            compilations.Add(project.Name, compilation);
            var config = new ConfigFileOptions(project.AnalyzerConfigFiles);
            var files = project.AdditionalFiles.Select(file => (AdditionalText)new AdditionalTestText(file.filename, file.content)).ToImmutableArray();
            found.AddRange(await AnalyzeAsync(compilation, new AnalyzerOptions(files, config), cancellationToken).ConfigureAwait(false));
        }

        return found.ToImmutable();
    }

    private protected async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var analysis = new CompilationWithAnalyzersOptions(options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var reported = await compilation.WithAnalyzers([.. GetDiagnosticAnalyzers()], analysis).GetAnalyzerDiagnosticsAsync(cancellationToken).ConfigureAwait(false);
        var ofCompiler = compilation.GetDiagnostics(cancellationToken).Where(IsVerified);
        return [.. reported.Where(diagnostic => !diagnostic.IsSuppressed).Concat(ofCompiler)];
    }

    private protected async Task<ImmutableArray<MetadataReference>> ReferencesAsync(ProjectState project, SolutionState state, CancellationToken cancellationToken)
    {
        var framework = await (state.ReferenceAssemblies ?? ReferenceAssemblies).ResolveAsync(LanguageNames.CSharp, cancellationToken).ConfigureAwait(false);
        return project.AdditionalReferences.Count == 0 ? framework : framework.AddRange(project.AdditionalReferences);
    }

    private protected CSharpCompilationOptions OptionsOf(ProjectState project)
    {
        var options = (CSharpCompilationOptions)CreateCompilationOptions();
        options = options.WithConcurrentBuild(false).WithSpecificDiagnosticOptions(
            options.SpecificDiagnosticOptions.SetItems(DisabledDiagnostics.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));
        return project.OutputKind is { } kind ? options.WithOutputKind(kind) : options;
    }

    private protected void Compare(ParsedState parsed, IEnumerable<Diagnostic> reported, string what)
    {
        var actual = reported.ToList();
        var missing = new List<DiagnosticResult>();
        foreach (var expected in parsed.Expected.OrderByDescending(expected => expected.Message is not null))
        {
            var match = actual.FindIndex(diagnostic => Matches(diagnostic, expected, parsed));
            if (match < 0)
            {
                missing.Add(expected);
            }
            else
            {
                actual.RemoveAt(match);
            }
        }

        if (missing.Count + actual.Count > 0)
        {
            Verifier.Fail(Describe(parsed, missing, actual, what));
        }
    }

    private protected static ParseOptions ParseOptionsOf(AnalyzerTest<TVerifier> test) => test.CreateParseOptions();

    private static IEnumerable<ProjectState> InOrderOfReferences(SolutionState state)
    {
        var left = state.Projects.ToList();
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (left.Count > 0)
        {
            var next = left.Find(project => project.AdditionalProjectReferences.TrueForAll(done.Contains))
                ?? throw new InvalidOperationException("The projects of the test reference each other in a circle, or one is missing.");
            left.Remove(next);
            done.Add(next.Name);
            yield return next;
        }
    }

    private static bool Matches(Diagnostic diagnostic, DiagnosticResult expected, ParsedState parsed)
    {
        if (diagnostic.Id != expected.Id
            || (!expected.Options.HasFlag(DiagnosticOptions.IgnoreSeverity) && diagnostic.Severity != expected.Severity)
            || (expected.Message is not null && diagnostic.GetMessage() != expected.Message))
        {
            return false;
        }

        if (expected.Places.IsDefaultOrEmpty)
        {
            return diagnostic.Location == Location.None;
        }

        var locations = new[] { diagnostic.Location }.Concat(diagnostic.AdditionalLocations).ToArray();
        return (expected.Options.HasFlag(DiagnosticOptions.IgnoreAdditionalLocations) || locations.Length == expected.Places.Length)
            && expected.Places.Select((place, i) => i < locations.Length && place.Matches(locations[i], parsed.Keys)).All(matches => matches);
    }

    private static string Describe(ParsedState parsed, List<DiagnosticResult> missing, List<Diagnostic> unexpected, string what)
    {
        var text = new StringBuilder(what).AppendLine(" is not reported as expected.");
        missing.ForEach(expected => text.Append("  missing:    ").AppendLine(expected.ToString()));
        unexpected.ForEach(diagnostic => text.Append("  unexpected: ").Append(diagnostic).Append(" [").Append(SourceAt(diagnostic)).AppendLine("]"));
        foreach (var (path, source) in parsed.AllSources)
        {
            text.Append("--- ").AppendLine(path).AppendLine(source);
        }

        return text.ToString();
    }

    private static string SourceAt(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan).Split('\n')[0] ?? string.Empty;

    private async Task<Compilation> CompileAsync(ParsedState parsed, ProjectState project, Dictionary<string, Compilation> others, CancellationToken cancellationToken)
    {
        var references = await ReferencesAsync(project, parsed.State, cancellationToken).ConfigureAwait(false);
        var shared = string.Join("|", references.Skip(references.Length - project.AdditionalReferences.Count).Select(reference => reference.Display).Append(references.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var start = project.AdditionalReferences.TrueForAll(reference => reference is PortableExecutableReference { FilePath: not null })
            ? Bases.GetOrAdd(shared, _ => EmptyCompilation(references))
            : EmptyCompilation(references);
        var parse = (CSharpParseOptions)CreateParseOptions();
        var options = OptionsOf(project);
        if (project.AnalyzerConfigFiles.Count > 0)
        {
            options = options.WithSyntaxTreeOptionsProvider(new ConfigFileOptions(project.AnalyzerConfigFiles).Severities);
        }

        var compilation = start.WithOptions(options).AddSyntaxTrees(parsed.Sources[project].Select(source => CSharpSyntaxTree.ParseText(source.Text, parse, source.Path, Encoding.UTF8, cancellationToken)));
        return project.AdditionalProjectReferences.Count == 0
            ? compilation.WithAssemblyName(project.Name)
            : compilation.WithAssemblyName(project.Name).AddReferences(project.AdditionalProjectReferences.Select(name => others[name].ToMetadataReference()));
    }

    private CSharpCompilation EmptyCompilation(ImmutableArray<MetadataReference> references) =>
        CSharpCompilation.Create("TestProject", references: references, options: (CSharpCompilationOptions)CreateCompilationOptions());

    private bool IsVerified(Diagnostic diagnostic) => CompilerDiagnostics switch
    {
        CompilerDiagnostics.None => false,
        CompilerDiagnostics.Errors => diagnostic.Severity == DiagnosticSeverity.Error,
        CompilerDiagnostics.Warnings => diagnostic.Severity >= DiagnosticSeverity.Warning,
        CompilerDiagnostics.Suggestions => diagnostic.Severity >= DiagnosticSeverity.Info,
        _ => true,
    } && !diagnostic.IsSuppressed;
}
