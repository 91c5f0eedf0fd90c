using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>
/// Fixes all findings of several documents, one document after the other, each in the solution that the one before it
/// left: for repairs that change other files than the one of the finding.
/// </summary>
internal sealed class FixAllAcross : FixAllProvider
{
    public static readonly FixAllAcross Instance = new();

    private FixAllAcross()
    {
    }

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var title = $"Fix all '{string.Join(", ", fixAllContext.DiagnosticIds)}'";
        return Task.FromResult<CodeAction?>(CodeAction.Create(title, token => FixAllAsync(fixAllContext.WithCancellationToken(token)), fixAllContext.CodeActionEquivalenceKey));
    }

    private static async Task<Solution> FixAllAsync(FixAllContext context)
    {
        var solution = context.Solution;
        foreach (var original in DocumentsOf(context))
        {
            var diagnostics = await context.GetDocumentDiagnosticsAsync(original).ConfigureAwait(false);
            if (diagnostics.IsEmpty || solution.GetDocument(original.Id) is not { } document)
            {
                continue;
            }

            var hasMoved = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false) != await original.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
            solution = (await FixAllInTurn.FixAsync(context, document, diagnostics, hasMoved).ConfigureAwait(false)).Project.Solution;
        }

        return solution;
    }

    private static IEnumerable<Document> DocumentsOf(FixAllContext context) => context.Scope switch
    {
        FixAllScope.Document when context.Document is { } document => [document],
        FixAllScope.Project => context.Project.Documents,
        FixAllScope.Solution => context.Solution.Projects.SelectMany(project => project.Documents),
        _ => [],
    };
}
