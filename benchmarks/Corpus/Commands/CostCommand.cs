using LifetimeAnalyzers.Corpus.Analyzers;
using LifetimeAnalyzers.Corpus.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Times the analyzer on <see cref="BodyShapes"/>: the bodies that a path-by-path analysis does not get through.</summary>
internal static class CostCommand
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(1);

    /// <summary>Prints a line for every shape; 1 when one takes a second or more, or an exception leaves the analyzer.</summary>
    public static int Run(string? assembly, int rounds, TextWriter output)
    {
        var analyzers = AnalyzerSet.Ours(assembly);
        var result = 0;
        foreach (var (name, source) in BodyShapes.All())
        {
            var compilation = CSharpCompilation.Create(
                "Shapes",
                [CSharpSyntaxTree.ParseText(source)],
                FrameworkReferences.All,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
            var times = new List<TimeSpan>();
            AnalyzerPass pass = null!;

            // Round 0 warms up and does not count.
            for (var round = 0; round <= rounds; round++)
            {
                pass = AnalyzerPass.Run(compilation, analyzers, concurrent: false, CancellationToken.None);
                if (round > 0)
                {
                    times.Add(pass.Execution);
                }
            }

            times.Sort();
            var median = times[times.Count / 2];
            var ids = pass.Diagnostics.Select(diagnostic => diagnostic.Id).Distinct().Order();
            output.WriteLine($"{name}: {median.TotalMilliseconds:0} ms | reports: {string.Join(", ", ids)}{(pass.Crashes.IsEmpty ? "" : " | CRASH")}");
            output.Flush();
            result |= median < Bar && pass.Crashes.IsEmpty ? 0 : 1;
        }

        return result;
    }
}
