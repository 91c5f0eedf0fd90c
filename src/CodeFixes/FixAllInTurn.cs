using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>
/// Fixes all findings of a document one after the other, each in the text that the one before it left: several findings
/// in one block nest instead of being merged line by line. Documents do not depend on each other.
/// </summary>
internal sealed class FixAllInTurn : DocumentBasedFixAllProvider
{
    public static readonly FixAllInTurn Instance = new();

    private FixAllInTurn()
    {
    }

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var fix = (LifetimeFix)fixAllContext.CodeFixProvider;
        var left = diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(Finding.From).ToList();
        while (left.Count > 0)
        {
            var finding = left[0];
            left.RemoveAt(0);
            if (await FixSite.AtAsync(document, finding, fixAllContext.CancellationToken).ConfigureAwait(false) is not { } site
                || fix.PlanFor(fixAllContext.CodeActionEquivalenceKey, site) is not { Changes.Length: > 0 } plan)
            {
                continue;
            }

            document = await LifetimeFix.ApplyAsync(document, plan, fixAllContext.CancellationToken).ConfigureAwait(false);
            var map = new SpanMap(plan.Changes);
            left = left.Select(other => other.After(map)).Where(other => other is not null).Select(other => other!).ToList();
        }

        return document;
    }
}
