using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Analyses one document as an editor does: its semantic diagnostics, with a limit in time.</summary>
internal static class DocumentPass
{
    /// <summary>A driver for <see cref="Run"/>; an exception of an analyzer goes to <paramref name="crashed"/>.</summary>
    public static CompilationWithAnalyzers Driver(CSharpCompilation compilation, System.Collections.Immutable.ImmutableArray<DiagnosticAnalyzer> analyzers, Action<Exception>? crashed = null) =>
        compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, _, _) => crashed?.Invoke(exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false));

    /// <summary>The reports in the document or, when given, around one node of it; none when the limit was reached.</summary>
    public static IReadOnlyList<Diagnostic>? Run(CompilationWithAnalyzers driver, SemanticModel model, SyntaxNode? around, TimeSpan limit, out TimeSpan time)
    {
        using var stop = new CancellationTokenSource(limit);
        var watch = Stopwatch.StartNew();
        try
        {
            return driver.GetAnalyzerSemanticDiagnosticsAsync(model, around?.FullSpan, stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            time = watch.Elapsed;
        }
    }
}
