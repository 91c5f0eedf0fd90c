using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Prints what the analyzers report, and what crashed.</summary>
internal static class FindingsCommand
{
    /// <summary>Returns 1 when an analyzer crashed.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string set, string? assembly, DiagnosticSeverity least, bool concurrent, TextWriter output)
    {
        var analyzers = AnalyzerSet.Named(set, assembly);
        var crashed = false;
        foreach (var folder in folders)
        {
            var findings = new List<Finding>();
            var lines = 0;
            var time = TimeSpan.Zero;
            foreach (var unit in CorpusFolder.Compile(folder, projects))
            {
                var pass = AnalyzerPass.Run(unit.Compilation, analyzers, concurrent, CancellationToken.None);
                findings.AddRange(pass.Diagnostics.Where(report => report.Severity >= least).Select(report => Finding.From(report, unit.Root)));
                foreach (var crash in pass.Crashes)
                {
                    output.WriteLine($"CRASH {unit.Name}: {crash}");
                    crashed = true;
                }

                lines += unit.Lines;
                time += pass.Execution;
            }

            foreach (var finding in Finding.InOrder(findings.Distinct()))
            {
                output.WriteLine(finding);
            }

            output.WriteLine($"# {folder}: {lines} lines, {findings.Count} reports, {time.TotalSeconds:0.00} s");
        }

        return crashed ? 1 : 0;
    }
}
