using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>What the analyzer reports in a file, or in parts of it. Immutable.</summary>
internal sealed class Reports
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = ImmutableArray.Create<DiagnosticAnalyzer>(new LifetimeAnalyzer());

    /// <summary>An editor asks for one finding after the other of an unchanged file.</summary>
    private static readonly ConditionalWeakTable<SyntaxTree, Known> s_known = new();

    /// <summary>All files of an unchanged compilation are asked for in turn: what the analysis finds out about their functions serves each of them.</summary>
    private static readonly ConditionalWeakTable<Compilation, Tuple<AnalyzerOptions, CompilationWithAnalyzers>> s_analyses = new();

    /// <summary>Of how many parts a file is asked before it is looked at as a whole.</summary>
    private const int MostParts = 4;

    private Reports(ImmutableArray<Reported> all) => All = all;

    /// <summary>All reports, in source order; what is suppressed or switched off is not among them.</summary>
    public ImmutableArray<Reported> All { get; }

    /// <summary>What is reported in the file of <paramref name="model"/>, of a document as it is.</summary>
    public static async Task<Reports> OfDocumentAsync(SemanticModel model, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        if (KnownOf(model, options)?.Whole is { } known)
        {
            return known;
        }

        var reports = await InAsync(Kept(model.Compilation, options), model, [null], cancellationToken).ConfigureAwait(false);
        Remember(model, new Known(new WeakReference<Compilation>(model.Compilation), options, reports, ImmutableList<Part>.Empty));
        return reports;
    }

    /// <summary>The same for the <paramref name="spans"/> alone: whoever wants one finding of a long file repaired does not wait for the others.</summary>
    public static async Task<Reports> OfDocumentAsync(SemanticModel model, AnalyzerOptions options, IReadOnlyCollection<TextSpan> spans, CancellationToken cancellationToken)
    {
        var known = KnownOf(model, options) ?? new Known(new WeakReference<Compilation>(model.Compilation), options, null, ImmutableList<Part>.Empty);
        if (known.Whole is null && known.Parts.Count >= MostParts)
        {
            return (await OfDocumentAsync(model, options, cancellationToken).ConfigureAwait(false)).In(spans);
        }

        if ((known.Whole ?? known.Parts.Find(part => spans.All(span => part.Spans.Any(other => other.Contains(span))))?.Reports) is { } reports)
        {
            return reports.In(spans);
        }

        reports = (await InAsync(Kept(model.Compilation, options), model, spans.Select(span => (TextSpan?)span), cancellationToken).ConfigureAwait(false)).In(spans);
        Remember(model, known with { Parts = known.Parts.Add(new Part(spans, reports)) });
        return reports;
    }

    /// <summary>The analysis of <paramref name="compilation"/>.</summary>
    public static CompilationWithAnalyzers Of(Compilation compilation, AnalyzerOptions options) =>
        compilation.WithAnalyzers(s_analyzers, new CompilationWithAnalyzersOptions(options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false));

    /// <summary>The same, made once.</summary>
    private static CompilationWithAnalyzers Kept(Compilation compilation, AnalyzerOptions options)
    {
        var kept = s_analyses.GetValue(compilation, key => Tuple.Create(options, Of(key, options)));
        return kept.Item1 == options ? kept.Item2 : Of(compilation, options);
    }

    /// <summary>What is reported in the <paramref name="spans"/> of the file of <paramref name="model"/>; null stands for all of it.</summary>
    public static async Task<Reports> InAsync(CompilationWithAnalyzers analysis, SemanticModel model, IEnumerable<TextSpan?> spans, CancellationToken cancellationToken)
    {
        var found = new List<Diagnostic>();
        foreach (var span in spans)
        {
            found.AddRange(await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, span, cancellationToken).ConfigureAwait(false));
        }

        // Whatever is asked for a part of a type may be answered with more of it, so that spans overlap.
        var once = found.GroupBy(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan, diagnostic.GetMessage())).Select(group => group.First());
        return Of(once.Where(diagnostic => diagnostic.Location.SourceTree == model.SyntaxTree).Select(diagnostic => new Reported(Finding.From(diagnostic), diagnostic.Severity)));
    }

    /// <summary>Whether <paramref name="finding"/> is among the reports.</summary>
    public bool Has(Finding finding) => All.Any(report => Is(report, finding));

    /// <summary>The reports but for <paramref name="finding"/>, once.</summary>
    public Reports Without(Finding finding) => new(All.Remove(All.First(report => Is(report, finding))));

    /// <summary>The reports in <paramref name="spans"/>.</summary>
    public Reports In(IReadOnlyCollection<TextSpan> spans) => Of(All.Where(report => spans.Any(span => span.Contains(report.Finding.Span))));

    /// <summary>These reports after an edit: in <paramref name="spans"/> they are <paramref name="instead"/>, elsewhere they have moved.</summary>
    public Reports After(SpanMap map, IReadOnlyCollection<TextSpan> spans, Reports instead)
    {
        var elsewhere = All.Where(report => !spans.Any(span => span.Contains(report.Finding.Span))).Select(report => (Moved: report.Finding.After(map), report.Severity));
        return Of(elsewhere.Where(report => report.Moved is not null).Select(report => new Reported(report.Moved!, report.Severity)).Concat(instead.All));
    }

    /// <summary>Whether nobody sees the reports of a rule, so that they do not count.</summary>
    public bool IsHidden(string id) => All.All(report => report.Finding.RuleId != id || report.Severity == DiagnosticSeverity.Hidden);

    private static bool Is(Reported report, Finding finding) => report.Finding.RuleId == finding.RuleId && report.Finding.Span == finding.Span;

    private static Reports Of(IEnumerable<Reported> reports) =>
        new(reports.OrderBy(report => report.Finding.Span.Start).ThenBy(report => report.Finding.RuleId, StringComparer.Ordinal).ToImmutableArray());

    private static Known? KnownOf(SemanticModel model, AnalyzerOptions options) =>
        s_known.TryGetValue(model.SyntaxTree, out var known) && known.Compilation.TryGetTarget(out var compilation) && compilation == model.Compilation && known.Options == options ? known : null;

    private static void Remember(SemanticModel model, Known known)
    {
        s_known.Remove(model.SyntaxTree);
        s_known.GetValue(model.SyntaxTree, _ => known);
    }

    private sealed record Known(WeakReference<Compilation> Compilation, AnalyzerOptions Options, Reports? Whole, ImmutableList<Part> Parts);

    private sealed record Part(IReadOnlyCollection<TextSpan> Spans, Reports Reports);
}

/// <summary>One report and how loud it is.</summary>
internal sealed record Reported(Finding Finding, DiagnosticSeverity Severity);
