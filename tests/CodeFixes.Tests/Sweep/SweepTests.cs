using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// Every fix that is offered anywhere in the judging suite: the result compiles, the report is gone, nothing new is
/// reported. Where no repair is safe none is offered.
/// </summary>
public class SweepTests
{
    private static readonly AdhocWorkspace Workspace = new();

    private static readonly string Suite = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../Suite"));

    /// <summary>The fixes that are known not to repair everything, by file: known-faults.txt says why.</summary>
    private static readonly ILookup<string, string> KnownFaults = File.ReadLines(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../CodeFixes.Tests/Sweep/known-faults.txt")))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(" :: ")).ToLookup(parts => parts[0], parts => parts[1]);

    private static readonly LifetimeFix[] Fixes = [.. typeof(LifetimeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LifetimeFix))).Select(type => (LifetimeFix)Activator.CreateInstance(type)!)];

    private static readonly Lazy<Project> Empty = new(() =>
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false);
        var id = ProjectId.CreateNewId();
        var references = References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None).Result;
        var solution = Workspace.CurrentSolution.AddProject(ProjectInfo.Create(id, VersionStamp.Default, "Suite", "Suite", LanguageNames.CSharp, compilationOptions: options, parseOptions: new CSharpParseOptions(LanguageVersion.Preview), metadataReferences: references));
        foreach (var file in Directory.GetFiles(Path.Combine(Suite, "Support"), "*.cs"))
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(file), File.ReadAllText(file), filePath: file);
        }

        return solution.GetProject(id)!;
    });

    public static TheoryData<string> Files =>
        [.. new[] { "CSharp", "RealCode", "Juliet" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Suite, folder), "*.cs", SearchOption.AllDirectories)).Select(path => Path.GetRelativePath(Suite, path)).Order(StringComparer.Ordinal).Where((path, i) => !path.StartsWith("Juliet", StringComparison.Ordinal) || i % 9 == 0)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_offered_fix_is_right(string file)
    {
        var id = DocumentId.CreateNewId(Empty.Value.Id);
        var path = Path.Combine(Suite, file);
        var document = Empty.Value.Solution.AddDocument(id, Path.GetFileName(path), SourceText.From(await File.ReadAllTextAsync(path), System.Text.Encoding.UTF8), filePath: path).GetDocument(id)!;
        var before = await ReportedAsync(document);
        var failures = new List<string>();
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var diagnostic in before.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden))
        {
            var fix = Fixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
            if (fix is null)
            {
                continue;
            }

            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
            foreach (var action in actions)
            {
                var operations = await action.GetOperationsAsync(CancellationToken.None);
                var after = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(id)!;
                var left = await ReportedAsync(after);
                var errors = (await after.GetSemanticModelAsync())!.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error).ToList();
                var worse = Counts(left).Where(pair => pair.Value > Counts(before).GetValueOrDefault(pair.Key)).Select(pair => pair.Key).Where(id => !IsUncovered(diagnostic.Id, id)).ToList();
                var gone = left.Count(other => other.Id == diagnostic.Id) < before.Count(other => other.Id == diagnostic.Id);
                if (errors.Count > 0 || worse.Count > 0 || !gone)
                {
                    faults.Add(action.EquivalenceKey!);
                    failures.Add($"{(errors.Count > 0 ? "ERROR" : worse.Count > 0 ? "NEW " + string.Join(",", worse) : "STAYS")} {diagnostic.Id} {action.EquivalenceKey} line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.GetMessage()}\n{Difference(await document.GetTextAsync(), await after.GetTextAsync())}{string.Join("\n", errors)}");
                }
            }
        }

        // A fault that is known is no news, and one that is mended has to leave the list.
        Assert.True(faults.SetEquals(KnownFaults[file]), $"Known: {string.Join(", ", KnownFaults[file])}. Seen: {string.Join(", ", faults)}.\n{string.Join("\n", failures)}");
    }

    /// <summary>One report for each allocation: with the sure leak gone, the one by exception, or by a kept result, comes into sight.</summary>
    private static bool IsUncovered(string repaired, string seen) =>
        (seen == "LIFE005" && repaired is "LIFE003" or "LIFE004" or "LIFE006" or "LIFE013") || (seen == "LIFE003" && repaired == "LIFE004");

    private static Dictionary<string, int> Counts(IEnumerable<Diagnostic> diagnostics) => diagnostics.GroupBy(diagnostic => diagnostic.Id).ToDictionary(group => group.Key, group => group.Count());

    private static string Difference(SourceText before, SourceText after)
    {
        var text = new System.Text.StringBuilder();
        foreach (var change in after.GetTextChanges(before))
        {
            var from = before.Lines.GetLineFromPosition(change.Span.Start).LineNumber;
            text.Append("  @").Append(from + 1).Append(" -[").Append(before.ToString(change.Span)).Append("] +[").Append(change.NewText).AppendLine("]");
        }

        return text.ToString();
    }

    private static async Task<ImmutableArray<Diagnostic>> ReportedAsync(Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var tree = await document.GetSyntaxTreeAsync();
        var analysis = compilation.WithAnalyzers([new LifetimeAnalyzer()], new CompilationWithAnalyzersOptions(document.Project.AnalyzerOptions, null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        var all = await analysis.GetAnalyzerDiagnosticsAsync();
        return [.. all.Where(diagnostic => diagnostic.Location.SourceTree == tree && diagnostic.Severity > DiagnosticSeverity.Hidden)];
    }
}
