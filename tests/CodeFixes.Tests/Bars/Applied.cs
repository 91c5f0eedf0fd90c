using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Tests.Bars;

/// <summary>Applies fixes as an editor and as the formatter do.</summary>
internal static class Applied
{
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

    public static async Task<Solution> ApplyAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    /// <summary>Fix-all of one rule in <paramref name="scope"/> around <paramref name="document"/>; <paramref name="given"/> stands for what is reported.</summary>
    public static async Task<Solution> AllAsync(Document document, LifetimeFix fix, FixAllScope scope, string? key = null, ImmutableArray<Diagnostic> given = default)
    {
        var context = new FixAllContext(document, fix, scope, key ?? fix.DefaultKey, fix.FixableDiagnosticIds, new Diagnostics(fix, given), CancellationToken.None);
        return await fix.GetFixAllProvider().GetFixAsync(context) is { } action ? await ApplyAsync(action) : document.Project.Solution;
    }

    /// <summary>The default fix of one rule applied to the first report for which it is offered, again and again, in every project.</summary>
    public static async Task<Solution> OneByOneAsync(Solution solution, LifetimeFix fix)
    {
        for (var round = 0; round < 100; round++)
        {
            if (await FirstAsync(solution, fix) is not { } first)
            {
                return solution;
            }

            solution = await ApplyAsync(first);
        }

        throw new InvalidOperationException($"{fix.DefaultKey} is offered again and again.");
    }

    private static async Task<CodeAction?> FirstAsync(Solution solution, LifetimeFix fix)
    {
        foreach (var id in solution.ProjectIds)
        {
            var project = solution.GetProject(id)!;
            foreach (var diagnostic in (await Bench.LifetimeAsync(project)).Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                if (await DefaultAsync(project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, fix) is { } action)
                {
                    return action;
                }
            }
        }

        return null;
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
