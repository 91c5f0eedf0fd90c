using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// Runs fixes over test code: one after the other, and all at once in a document, a project and the solution; each has
/// to give the fixed state, in which only what is expected is reported.
/// </summary>
public abstract class CodeFixTest<TVerifier> : AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    private static readonly AdhocWorkspace Workspace = new();

    /// <summary>Adds a source file to <see cref="FixedState"/>.</summary>
    public string FixedCode
    {
        set => FixedState.Sources.Add(value);
    }

    /// <summary>The code after the fixes; without sources: the code is not changed.</summary>
    public SolutionState FixedState { get; } = new();

    /// <summary>Which of the offered actions is applied, from 0.</summary>
    public int? CodeActionIndex { get; set; }

    /// <summary>The equivalence key of the action that is applied.</summary>
    public string? CodeActionEquivalenceKey { get; set; }

    /// <summary>How many single fixes it takes; a negative number is the most that are allowed. Default: one for every diagnostic at the most.</summary>
    public int? NumberOfIncrementalIterations { get; set; }

    /// <summary>How many rounds of fix-all it takes; a negative number is the most that are allowed. Default: 1.</summary>
    public int? NumberOfFixAllIterations { get; set; }

    /// <summary>The providers of fixes.</summary>
    protected abstract IEnumerable<CodeFixProvider> GetCodeFixProviders();

    private protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        var before = Parse(TestState);
        Compare(before, await DiagnosticsAsync(before, cancellationToken).ConfigureAwait(false), "The code under test");
        if (!GetCodeFixProviders().Any())
        {
            return;
        }

        CompleteFixedState();
        var after = Parse(FixedState);
        Compare(after, await DiagnosticsAsync(after, cancellationToken).ConfigureAwait(false), "The fixed code");

        var solution = await SolutionAsync(before, cancellationToken).ConfigureAwait(false);
        var steps = await FixOneByOneAsync(solution, cancellationToken).ConfigureAwait(false);
        await CompareAsync(steps.Solution, after, "one by one", cancellationToken).ConfigureAwait(false);
        CheckCount(NumberOfIncrementalIterations ?? -Math.Max(1, before.Expected.Count), steps.Count, "single fixes");
        var changes = steps.Count > 0;
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
        {
            var all = await FixAllAsync(solution, scope, cancellationToken).ConfigureAwait(false);
            await CompareAsync(all.Solution, after, "fix all in " + scope, cancellationToken).ConfigureAwait(false);
            if (scope == FixAllScope.Solution)
            {
                CheckCount(NumberOfFixAllIterations ?? (changes ? -Math.Max(1, steps.Rounds) : 0), all.Count, "rounds of fix all");
            }
        }
    }

    private void CompleteFixedState()
    {
        foreach (var (fixedProject, project) in TestState.Projects.Select(project => (project == TestState ? FixedState : FixedState.AdditionalProjects[project.Name], project)))
        {
            if (fixedProject.Sources.Count == 0)
            {
                fixedProject.Sources.AddRange(project.Sources);
            }
            else
            {
                fixedProject.Sources.AddRange(project.Sources.Where(source => fixedProject.Sources.TrueForAll(other => other.filename != source.filename)));
            }

            if (fixedProject.AdditionalFiles.Count == 0)
            {
                fixedProject.AdditionalFiles.AddRange(project.AdditionalFiles);
            }

            if (fixedProject.AnalyzerConfigFiles.Count == 0)
            {
                fixedProject.AnalyzerConfigFiles.AddRange(project.AnalyzerConfigFiles);
            }

            if (fixedProject.AdditionalReferences.Count == 0)
            {
                fixedProject.AdditionalReferences.AddRange(project.AdditionalReferences);
            }

            if (fixedProject.AdditionalProjectReferences.Count == 0)
            {
                fixedProject.AdditionalProjectReferences.AddRange(project.AdditionalProjectReferences);
            }

            fixedProject.OutputKind ??= project.OutputKind;
        }

        FixedState.ReferenceAssemblies ??= TestState.ReferenceAssemblies;
    }

    private async Task<Solution> SolutionAsync(ParsedState parsed, CancellationToken cancellationToken)
    {
        var solution = Workspace.CurrentSolution;
        var ids = parsed.State.Projects.ToDictionary(project => project.Name, project => ProjectId.CreateNewId(project.Name));
        foreach (var project in parsed.State.Projects)
        {
            var id = ids[project.Name];
            solution = solution
                .AddProject(ProjectInfo.Create(
                    id, VersionStamp.Default, project.Name, project.Name, LanguageNames.CSharp, filePath: $"/{project.Name}.csproj", compilationOptions: OptionsOf(project), parseOptions: CreateParseOptions(),
                    metadataReferences: await ReferencesAsync(project, parsed.State, cancellationToken).ConfigureAwait(false)));
            foreach (var (path, text) in parsed.Sources[project])
            {
                solution = solution.AddDocument(DocumentId.CreateNewId(id, path), Path.GetFileName(path), SourceText.From(text, System.Text.Encoding.UTF8), filePath: path);
            }

            foreach (var (path, text) in project.AdditionalFiles)
            {
                solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id, path), Path.GetFileName(path), SourceText.From(text), filePath: path);
            }

            foreach (var (path, text) in project.AnalyzerConfigFiles)
            {
                solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id, path), Path.GetFileName(path), SourceText.From(text), filePath: path);
            }
        }

        foreach (var project in parsed.State.Projects)
        {
            solution = solution.AddProjectReferences(ids[project.Name], project.AdditionalProjectReferences.Select(name => new ProjectReference(ids[name])));
        }

        return solution;
    }

    private async Task<(Solution Solution, int Count, int Rounds)> FixOneByOneAsync(Solution solution, CancellationToken cancellationToken)
    {
        var count = 0;
        var most = 50;
        while (await FirstActionAsync(solution, cancellationToken).ConfigureAwait(false) is var (_, _, action))
        {
            solution = await ApplyAsync(solution, action, cancellationToken).ConfigureAwait(false);
            if (++count > most)
            {
                Verifier.Fail($"After {most} single fixes there is still something to fix: the fix does not remove its report.");
            }
        }

        return (solution, count, count);
    }

    private async Task<(Solution Solution, int Count)> FixAllAsync(Solution solution, FixAllScope scope, CancellationToken cancellationToken)
    {
        var count = 0;
        while (await FirstActionAsync(solution, cancellationToken).ConfigureAwait(false) is var (document, fixable, first))
        {
            var (provider, diagnostic) = fixable;
            var fixAll = provider.GetFixAllProvider();
            if (fixAll is null || !fixAll.GetSupportedFixAllScopes().Contains(scope))
            {
                Verifier.Fail($"{provider.GetType().Name} cannot fix all in {scope}.");
                break;
            }

            var context = new FixAllContext(document, provider, scope, first.EquivalenceKey!, [diagnostic.Id], new Diagnostics(this), cancellationToken);
            var action = await fixAll.GetFixAsync(context).ConfigureAwait(false);
            if (action is null)
            {
                Verifier.Fail($"Fix all in {scope} offers nothing, although single fixes are offered.");
                break;
            }

            var changed = await ApplyAsync(solution, action, cancellationToken).ConfigureAwait(false);
            if (++count > 50)
            {
                Verifier.Fail($"After {count} rounds of fix all in {scope} there is still something to fix.");
            }

            solution = changed;
        }

        return (solution, count);
    }

    private async Task<(Document Document, (CodeFixProvider Provider, Diagnostic Diagnostic) Fixable, CodeAction Action)?> FirstActionAsync(Solution solution, CancellationToken cancellationToken)
    {
        var providers = GetCodeFixProviders().ToArray();
        foreach (var project in solution.Projects.OrderBy(project => project.Name == TestState.Name ? string.Empty : project.Name, StringComparer.Ordinal))
        {
            var reported = await ReportedAsync(project, cancellationToken).ConfigureAwait(false);
            foreach (var diagnostic in reported.Where(diagnostic => diagnostic.Location.IsInSource).OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                var document = project.GetDocument(diagnostic.Location.SourceTree);
                foreach (var provider in providers.Where(provider => document is not null && provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
                {
                    var actions = new List<CodeAction>();
                    await provider.RegisterCodeFixesAsync(new CodeFixContext(document!, diagnostic, (action, _) => actions.Add(action), cancellationToken)).ConfigureAwait(false);
                    var action = CodeActionEquivalenceKey is not null ? actions.Find(action => action.EquivalenceKey == CodeActionEquivalenceKey)
                        : actions.ElementAtOrDefault(CodeActionIndex ?? 0);
                    if (action is not null)
                    {
                        return (document!, (provider, diagnostic), action);
                    }
                }
            }
        }

        return null;
    }

    private async Task<ImmutableArray<Diagnostic>> ReportedAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        return await AnalyzeAsync(compilation, project.AnalyzerOptions, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Solution> ApplyAsync(Solution solution, CodeAction action, CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken).ConfigureAwait(false);
        return operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution ?? solution;
    }

    private async Task CompareAsync(Solution solution, ParsedState expected, string how, CancellationToken cancellationToken)
    {
        foreach (var (path, text) in expected.AllSources)
        {
            var id = solution.GetDocumentIdsWithFilePath(path).First();
            var actual = (await solution.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
            if (actual != text)
            {
                Verifier.Fail($"Fixed {how}, {path} is not as expected.\n--- expected\n{text}\n--- actual\n{actual}\n--- end");
            }
        }
    }

    private void CheckCount(int expected, int actual, string what)
    {
        if (expected >= 0 ? actual != expected : actual > -expected)
        {
            Verifier.Fail($"It took {actual} {what}, and {(expected >= 0 ? expected.ToString() : "at most " + -expected)} are expected.");
        }
    }

    private sealed class Diagnostics(CodeFixTest<TVerifier> test) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await test.ReportedAsync(project, cancellationToken).ConfigureAwait(false);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false);
            return (await test.ReportedAsync(document.Project, cancellationToken).ConfigureAwait(false)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await test.ReportedAsync(project, cancellationToken).ConfigureAwait(false)).Where(diagnostic => !diagnostic.Location.IsInSource);
    }
}
