using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Suite;

/// <summary>What an analyzer says about a compilation.</summary>
/// <param name="Reports">Its reports, ordered by place; hidden ones are left out.</param>
/// <param name="Failures">The exceptions that escaped it.</param>
public sealed record AnalyzerRun(ImmutableArray<Report> Reports, ImmutableArray<Exception> Failures)
{
    /// <summary>Runs an analyzer over a compilation.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<AnalyzerRun> OfAsync(
        DiagnosticAnalyzer analyzer, CSharpCompilation compilation, bool concurrent, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentBag<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, _, _) => failures.Add(exception),
            concurrentAnalysis: concurrent,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false,
            // Cancellation is no failure; everything else is.
            analyzerExceptionFilter: null);
        var run = new CompilationWithAnalyzers(compilation, [analyzer], options);
        ImmutableArray<Diagnostic> diagnostics = await run.GetAnalyzerDiagnosticsAsync(cancellationToken);
        IEnumerable<Report> reports = diagnostics.Where(one => one.Severity != DiagnosticSeverity.Hidden).Select(Report.Of);
        return new AnalyzerRun([.. reports.OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Position)], [.. failures]);
    }
}
