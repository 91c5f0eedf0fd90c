using LifetimeAnalyzers.Corpus.Analyzers;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Compares the reports of runs with and without concurrency.</summary>
internal static class DeterminismCommand
{
    /// <summary>Returns 1 when two runs over a folder differ, and prints how.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string? assembly, int rounds, TextWriter output)
    {
        var analyzers = AnalyzerSet.Ours(assembly);
        var differs = false;
        foreach (var unit in folders.SelectMany(folder => CorpusFolder.Compile(folder, projects)))
        {
            var expected = Reports(unit, concurrent: false);
            for (var round = 0; round < rounds; round++)
            {
                var found = Reports(unit, concurrent: round % 2 == 0);
                foreach (var (sign, line) in expected.Except(found).Select(line => ('-', line)).Concat(found.Except(expected).Select(line => ('+', line))))
                {
                    output.WriteLine($"{sign} {line}");
                    differs = true;
                }

                if (expected.Count != found.Count)
                {
                    output.WriteLine($"{unit.Name}: {expected.Count} reports, then {found.Count}");
                    differs = true;
                }
            }

            output.WriteLine($"# {unit.Name}: {expected.Count} reports in {rounds + 1} runs");
        }

        return differs ? 1 : 0;

        List<string> Reports(CorpusUnit unit, bool concurrent) =>
            Finding.InOrder(AnalyzerPass.Run(unit.Compilation, analyzers, concurrent, CancellationToken.None).Diagnostics.Select(report => Finding.From(report, unit.Root)))
                .Select(finding => finding.ToString())
                .ToList();
    }
}
