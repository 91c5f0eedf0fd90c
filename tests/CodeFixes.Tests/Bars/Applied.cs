using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Tests.Bars;

/// <summary>Applies fixes as an editor and as the formatter do.</summary>
internal static class Applied
{
    private static readonly ConcurrentDictionary<string, WeakReference<Solution>> Seen = new(StringComparer.Ordinal);

    /// <summary>What is offered for <paramref name="diagnostic"/>, the default first.</summary>
    public static async Task<List<CodeAction>> OffersAsync(Document document, Diagnostic diagnostic, LifetimeFix fix)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>The default offer alone; null when something else is offered first, or nothing. The alternatives are not worked out.</summary>
    private static async Task<CodeAction?> DefaultAsync(Document document, Diagnostic diagnostic, LifetimeFix fix)
    {
        using var enough = new CancellationTokenSource();
        CodeAction? first = null;
        void Take(CodeAction action)
        {
            first ??= action;
            enough.Cancel();
        }

        try
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => Take(action), enough.Token));
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
        }

        return first?.EquivalenceKey == fix.DefaultKey ? first : null;
    }

    /// <summary>The solution after <paramref name="action"/>.</summary>
    public static async Task<Solution> ApplyAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    /// <summary>Fix-all of one rule in <paramref name="scope"/> around <paramref name="document"/>; <paramref name="given"/> stands for what is reported.</summary>
    public static async Task<Solution> AllAsync(Document document, LifetimeFix fix, FixAllScope scope, string? key = null, ImmutableArray<Diagnostic> given = default)
    {
        var context = new FixAllContext(document, fix, scope, key ?? fix.DefaultKey, fix.FixableDiagnosticIds, new Diagnostics(fix, given), CancellationToken.None);
        return await fix.GetFixAllProvider().GetFixAsync(context) is { } action ? await SameAsync(await ApplyAsync(action)) : document.Project.Solution;
    }

    /// <summary>
    /// The default fix of one rule applied to the first report for which it is offered, again and again, in every project.
    /// When <paramref name="together"/>, what is offered for other members of that document at that moment is applied as well.
    /// </summary>
    public static async Task<Solution> OneByOneAsync(Solution solution, LifetimeFix fix, bool together)
    {
        for (var round = 0; round < 100; round++)
        {
            if (await FirstAsync(solution, fix, together) is not { } next)
            {
                return solution;
            }

            solution = await SameAsync(next);
        }

        throw new InvalidOperationException($"{fix.DefaultKey} is offered again and again.");
    }

    private static async Task<Solution?> FirstAsync(Solution solution, LifetimeFix fix, bool together)
    {
        foreach (var id in solution.ProjectIds)
        {
            var project = solution.GetProject(id)!;
            foreach (var reports in (await Bench.LifetimeAsync(project)).Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)).GroupBy(diagnostic => diagnostic.Location.SourceTree))
            {
                if (await FirstAsync(project.GetDocument(reports.Key)!, reports, fix, together) is { } next)
                {
                    return next;
                }
            }
        }

        return null;
    }

    private static async Task<Solution?> FirstAsync(Document document, IEnumerable<Diagnostic> reports, LifetimeFix fix, bool together)
    {
        var edits = new List<Edit>();
        foreach (var diagnostic in reports)
        {
            if (edits.Exists(edit => edit.Members.Any(member => member.Contains(diagnostic.Location.SourceSpan))) || await DefaultAsync(document, diagnostic, fix) is not { } action)
            {
                continue;
            }

            var after = await ApplyAsync(action);
            var change = together ? await Edit.OfAsync(document, after) : null;
            if (edits.Count == 0 && change is null)
            {
                return after;
            }

            if (change is not null && edits.TrueForAll(other => !other.Meets(change)))
            {
                edits.Add(change);
            }
        }

        return edits.Count == 0 ? null : document.WithText((await document.GetTextAsync()).WithChanges(Edit.Together(edits))).Project.Solution;
    }

    /// <summary>The solution that came to the same texts before, if it is still in use: it is compiled and analysed already.</summary>
    private static async Task<Solution> SameAsync(Solution solution)
    {
        var key = new System.Text.StringBuilder();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents).Where(document => !Bench.IsSupport(document)))
        {
            var text = await document.GetTextAsync();
            key.Append(document.Id.Id).Append(' ').Append(Convert.ToHexString(text.GetChecksum().AsSpan())).Append(' ').Append(text.Encoding?.GetPreamble().Length).AppendLine();
        }

        var kept = Seen.GetOrAdd(key.ToString(), _ => new WeakReference<Solution>(solution));
        if (kept.TryGetTarget(out var same))
        {
            return same;
        }

        kept.SetTarget(solution);
        return solution;
    }

    private sealed class Diagnostics(LifetimeFix fix, ImmutableArray<Diagnostic> given) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            given.IsDefault ? (await Bench.LifetimeAsync(project)).Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)) : given;

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return given.IsDefault ? (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => diagnostic.Location.SourceTree == tree) : given;
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
