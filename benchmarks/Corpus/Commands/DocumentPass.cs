using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Analyses one document as an editor does: its semantic diagnostics, with a limit.</summary>
internal static class DocumentPass
{
    /// <summary>A driver for one compilation; an exception of an analyzer goes to <paramref name="crashed"/>.</summary>
    public static CompilationWithAnalyzers Driver(CSharpCompilation compilation, System.Collections.Immutable.ImmutableArray<DiagnosticAnalyzer> analyzers, Action<Exception>? crashed = null) =>
        compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, _, _) => crashed?.Invoke(exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false));

    /// <summary>The reports in the document; none when the limit of processor time was reached, however busy the machine.</summary>
    public static IReadOnlyList<Diagnostic>? Run(CompilationWithAnalyzers driver, SemanticModel model, TimeSpan processorTime, out TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var end = Environment.CpuUsage.TotalTime + processorTime;
        using var clock = new Timer(_ => StopAfter(end, stop), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return Run(driver, model, null, stop, out time);
    }

    /// <summary>The reports in the document or, when given, around one node of it; none when the limit was reached.</summary>
    public static IReadOnlyList<Diagnostic>? Run(CompilationWithAnalyzers driver, SemanticModel model, SyntaxNode? around, TimeSpan limit, out TimeSpan time)
    {
        using var stop = new CancellationTokenSource(limit);
        return Run(driver, model, around, stop, out time);
    }

    private static void StopAfter(TimeSpan end, CancellationTokenSource stop)
    {
        if (Environment.CpuUsage.TotalTime > end)
        {
            stop.Cancel();
        }
    }

    private static IReadOnlyList<Diagnostic>? Run(CompilationWithAnalyzers driver, SemanticModel model, SyntaxNode? around, CancellationTokenSource stop, out TimeSpan time)
    {
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
