using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Suite;

/// <summary>What came of a run over the suite.</summary>
/// <param name="Set">The cases.</param>
/// <param name="Findings">The findings, in the order of the cases.</param>
/// <param name="CompileErrors">Errors of the compiler in the cases themselves: there should be none.</param>
/// <param name="Failures">Exceptions that escaped the analyzer: there should be none.</param>
public sealed record SuiteResult(
    CaseSet Set, ImmutableArray<Finding> Findings, ImmutableArray<string> CompileErrors, ImmutableArray<Exception> Failures)
{
    /// <summary>The figures of the whole run.</summary>
    public Tally Total => Tally.Of(Findings);

    /// <summary>Runs an analyzer over the cases, one compilation for each folder.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<SuiteResult> RunAsync(CaseSet set, DiagnosticAnalyzer analyzer, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var errors = ImmutableArray.CreateBuilder<string>();
        var failures = ImmutableArray.CreateBuilder<Exception>();
        foreach ((_, CSharpCompilation compilation, ImmutableArray<CaseFile> cases) in set.Compilations())
        {
            errors.AddRange(compilation.GetDiagnostics(cancellationToken)
                .Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.ToString()));
            AnalyzerRun run = await AnalyzerRun.OfAsync(analyzer, compilation, concurrent: true, cancellationToken);
            failures.AddRange(run.Failures);
            ILookup<string, Report> reports = run.Reports.ToLookup(one => one.Path);
            foreach (CaseFile @case in cases)
            {
                findings.AddRange(Scoring.Of(@case, [.. reports[@case.Path]], set.KnownMisses));
            }
        }

        return new SuiteResult(set, findings.ToImmutable(), errors.ToImmutable(), failures.ToImmutable());
    }
}
