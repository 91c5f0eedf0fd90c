using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Corpus.Analyzers;

/// <summary>One run of analyzers over one compilation.</summary>
/// <param name="Diagnostics">What was reported, suppressed reports left out.</param>
/// <param name="Crashes">Exceptions that left an analyzer, with their stacks.</param>
/// <param name="Execution">Time in the analyzers' own callbacks, by the compiler's telemetry.</param>
/// <param name="Wall">Time of the whole run, the driver and the binding it needs included.</param>
/// <param name="Processor">What the process used of the processors meanwhile.</param>
internal sealed record AnalyzerPass(
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableArray<string> Crashes,
    TimeSpan Execution,
    TimeSpan Wall,
    TimeSpan Processor)
{
    /// <summary>Runs the analyzers over a fresh clone, so that nothing bound before is found bound; or over the compilation itself.</summary>
    public static AnalyzerPass Run(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrent, CancellationToken cancellation, bool fresh = true)
    {
        var crashes = ImmutableArray.CreateBuilder<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, analyzer, _) =>
            {
                if (exception is not OperationCanceledException)
                {
                    lock (crashes)
                    {
                        crashes.Add($"{analyzer.GetType().Name}: {exception}");
                    }
                }
            },
            concurrentAnalysis: concurrent,
            logAnalyzerExecutionTime: true,
            reportSuppressedDiagnostics: false);
        var driver = (fresh ? WithPeersOn(compilation) : compilation).WithAnalyzers(analyzers, options);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var result = driver.GetAnalysisResultAsync(cancellation).GetAwaiter().GetResult();
        watch.Stop();
        process.Refresh();
        var processor = process.TotalProcessorTime - before;
        var execution = result.AnalyzerTelemetryInfo.Values.Aggregate(TimeSpan.Zero, (sum, telemetry) => sum + telemetry.ExecutionTime);
        return new AnalyzerPass(result.GetAllDiagnostics(), crashes.ToImmutable(), execution, watch.Elapsed, processor);
    }

    /// <summary>A fresh compilation in which the platform's rules count that are off by default.</summary>
    private static CSharpCompilation WithPeersOn(CSharpCompilation compilation) => compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
        compilation.Options.SpecificDiagnosticOptions.SetItem("CA2000", ReportDiagnostic.Warn).SetItem("CA2213", ReportDiagnostic.Warn)));
}
