using System.Diagnostics;
using LifetimeAnalyzers;
using LifetimeAnalyzers.Suite;

// Runs the suite in the inner loop: every miss and every false report with its place, then the total.
//   dotnet run --project tests/Suite.Runner -- [part of a path] [--tables] [--info] [--extra] [--hits] [--times]
string? filter = args.FirstOrDefault(one => !one.StartsWith("--", StringComparison.Ordinal));
string[] switches = [.. args.Where(one => one.StartsWith("--", StringComparison.Ordinal))];
string[] known = ["--tables", "--info", "--extra", "--hits", "--times"];
if (switches.FirstOrDefault(one => !known.Contains(one)) is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is not known: Suite.Runner [part of a path] {string.Join(' ', known.Select(one => $"[{one}]"))}");
    return 2;
}

var watch = Stopwatch.StartNew();
var set = CaseSet.Read(filter);
if (set.Cases.IsEmpty)
{
    Console.Error.WriteLine($"No case's path contains '{filter}'.");
    return 2;
}

if (switches.Contains("--times"))
{
    foreach ((CaseFile @case, TimeSpan time) in await Timing.SlowestAsync(set, () => new LifetimeAnalyzer(), 20))
    {
        Console.WriteLine($"{time.TotalMilliseconds,8:0} ms  {@case.Path}");
    }

    return 0;
}

SuiteResult result = await SuiteResult.RunAsync(set, new LifetimeAnalyzer(), CancellationToken.None);
Verdict[] shown =
[
    Verdict.Miss, Verdict.FalseReport,
    .. switches.Contains("--info") ? [Verdict.Information] : Array.Empty<Verdict>(),
    .. switches.Contains("--extra") ? [Verdict.Extra] : Array.Empty<Verdict>(),
    .. switches.Contains("--hits") ? [Verdict.Hit] : Array.Empty<Verdict>(),
];
Console.Write(ResultText.Lines(result, shown));
if (switches.Contains("--tables"))
{
    Console.WriteLine(ResultText.Tables(result));
}

Tally total = result.Total;
Console.WriteLine(
    $"{set.Cases.Length} files: recall {total.Hits}/{total.Expected} = {total.Recall:0.000}, false {total.False}, precision {total.Precision:0.000}, " +
    $"info recall {total.InformationHits}/{total.InformationExpected}, other info {total.Information}, extra {total.Extra}, " +
    $"compile errors {result.CompileErrors.Length}, crashes {result.Failures.Length}, {watch.Elapsed.TotalSeconds:0.0} s");
return result.CompileErrors.IsEmpty && result.Failures.IsEmpty && total.Hits == total.Expected && total.False == 0 ? 0 : 1;
