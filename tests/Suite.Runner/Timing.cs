using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Suite;

/// <summary>Measures how long each case takes by itself: what stands out is a case that the engine finds hard.</summary>
public static class Timing
{
    /// <summary>The slowest cases, slowest first, each with the time of its second run.</summary>
    /// <param name="set">The cases.</param>
    /// <param name="create">Makes an analyzer.</param>
    /// <param name="count">How many to return.</param>
    public static async Task<IReadOnlyList<(CaseFile Case, TimeSpan Time)>> SlowestAsync(
        CaseSet set, Func<DiagnosticAnalyzer> create, int count)
    {
        var times = new List<(CaseFile Case, TimeSpan Time)>();
        foreach (CaseFile @case in set.Cases)
        {
            CSharpCompilation compilation = CaseCompilation.Of("case", [@case.Tree, .. set.Support]);
            _ = compilation.GetDiagnostics();
            _ = await AnalyzerRun.OfAsync(create(), compilation, concurrent: false, CancellationToken.None);
            var watch = Stopwatch.StartNew();
            _ = await AnalyzerRun.OfAsync(create(), compilation, concurrent: false, CancellationToken.None);
            times.Add((@case, watch.Elapsed));
        }

        return [.. times.OrderByDescending(one => one.Time).Take(count)];
    }
}
