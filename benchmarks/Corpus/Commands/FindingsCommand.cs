using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Prints what the analyzers report, document by document, and what crashed or was too slow.</summary>
internal static class FindingsCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Returns 1 when an analyzer crashed, 2 when a document took more than 60 s of processor time.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string set, string? assembly, DiagnosticSeverity least, bool whole, TextWriter output)
    {
        var analyzers = AnalyzerSet.Named(set, assembly);
        var worst = 0;
        foreach (var folder in folders)
        {
            var seen = new HashSet<Finding>();
            var lines = 0;
            var time = TimeSpan.Zero;
            foreach (var unit in CorpusFolder.Compile(folder, projects))
            {
                lines += unit.Lines;
                if (whole)
                {
                    var pass = AnalyzerPass.Run(unit.Compilation, analyzers, concurrent: true, CancellationToken.None, fresh: false);
                    time += pass.Execution;
                    Print(pass.Diagnostics, unit.Root);
                    foreach (var crash in pass.Crashes)
                    {
                        output.WriteLine($"CRASH {unit.Name}: {crash}");
                        worst = 1;
                    }

                    continue;
                }

                var driver = DocumentPass.Driver(unit.Compilation, analyzers, exception =>
                {
                    output.WriteLine($"CRASH {unit.Name}: {exception}");
                    worst = 1;
                });
                foreach (var tree in unit.Compilation.SyntaxTrees)
                {
                    var reports = DocumentPass.Run(driver, unit.Compilation.GetSemanticModel(tree), Limit, out var document);
                    time += document;
                    if (reports is null)
                    {
                        output.WriteLine($"SLOW {Path.GetRelativePath(unit.Root, tree.FilePath)}");
                        worst = Math.Max(worst, 2);
                        continue;
                    }

                    Print(reports, unit.Root);
                }
            }

            output.WriteLine($"# {folder}: {lines} lines, {seen.Count} reports, {time.TotalSeconds:0.00} s with the binding they need");

            void Print(IEnumerable<Diagnostic> reports, string root)
            {
                foreach (var finding in Finding.InOrder(reports.Where(report => report.Severity >= least).Select(report => Finding.From(report, root))))
                {
                    if (seen.Add(finding))
                    {
                        output.WriteLine(finding);
                    }
                }

                output.Flush();
            }
        }

        return worst;
    }
}
