using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Checks;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>
/// Fixes all findings of a document one after the other, each in the text that the one before it left and by what is
/// reported there: several findings in one block nest instead of being merged line by line, and the result is what
/// single fixes give, repeated until none is offered. Documents do not depend on each other.
/// </summary>
internal sealed class FixAllInTurn : DocumentBasedFixAllProvider
{
    public static readonly FixAllInTurn Instance = new();

    private FixAllInTurn()
    {
    }

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics) =>
        await FixAsync(fixAllContext, document, diagnostics, hasMoved: false).ConfigureAwait(false);

    /// <summary>Fixes all findings of <paramref name="document"/>. When it <paramref name="hasMoved"/> since the <paramref name="diagnostics"/>, they only say how loud a finding has to be.</summary>
    public static async Task<Document> FixAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics, bool hasMoved)
    {
        var fix = (LifetimeFix)fixAllContext.CodeFixProvider;
        var cancellationToken = fixAllContext.CancellationToken;
        if (diagnostics.IsEmpty || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return document;
        }

        var least = diagnostics.Min(diagnostic => diagnostic.Severity);
        var reports = await Reports.OfDocumentAsync(model, document.Project.AnalyzerOptions, cancellationToken).ConfigureAwait(false);
        var given = hasMoved ? [] : diagnostics.Select(Finding.From).ToList();
        var refused = new List<Finding>();
        var changedSince = false;
        FixSite? edited = null;
        Outcome? outcome = null;
        while (true)
        {
            if (Next(fix, reports, least, given, refused) is not { } finding)
            {
                if (!changedSince)
                {
                    return document;
                }

                // What was refused is asked once more: the edits may have made room for it.
                refused.Clear();
                changedSince = false;
                continue;
            }

            if ((outcome is null ? await FixSite.AtAsync(document, finding, reports, cancellationToken).ConfigureAwait(false) : edited!.After(outcome, finding, reports)) is not { } site
                || await fix.PlanForAsync(fixAllContext.CodeActionEquivalenceKey, site).ConfigureAwait(false) is not { Plan.IsDone: false, After: { } after } held)
            {
                refused.Add(finding);
                continue;
            }

            document = await LifetimeFix.ApplyAsync(document, held.Plan, cancellationToken).ConfigureAwait(false);
            var map = new SpanMap(held.Plan.Changes);
            given = Moved(given.Where(other => other.Span != finding.Span && !reports.Has(other)), map);
            refused = Moved(refused, map);
            reports = after;
            (edited, outcome) = (site, held.Outcome);
            changedSince = refused.Count > 0;
        }
    }

    /// <summary>The first that was not refused: as it was given, or as it is reported after the edits before it.</summary>
    private static Finding? Next(LifetimeFix fix, Reports reports, DiagnosticSeverity least, List<Finding> given, List<Finding> refused)
    {
        var reported = reports.All.Where(report => fix.FixableDiagnosticIds.Contains(report.Finding.RuleId) && report.Severity >= least).Select(report => report.Finding);
        return given.Concat(reported).OrderBy(finding => finding.Span.Start).FirstOrDefault(finding => !refused.Exists(other => other.Span == finding.Span));
    }

    private static List<Finding> Moved(IEnumerable<Finding> findings, SpanMap map) =>
        findings.Select(finding => finding.After(map)).Where(finding => finding is not null).Select(finding => finding!).ToList();
}
