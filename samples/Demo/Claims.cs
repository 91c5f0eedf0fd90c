namespace LifetimeAnalyzers.Demo;

/// <summary>One thing the demo says, and whether it turned out so.</summary>
internal sealed record Claim(string Statement, bool Holds, string Observed);

/// <summary>Everything the demo claims, judged on what was built and measured.</summary>
internal static class Claims
{
    // One block of 2 MiB a request; malloc adds a page of its own and rounds up.
    private const long BlockKiB = 2048;
    private const long Tolerance = 128;

    // What an empty request may drift: the compiler's own memory and the collector's first generation grow until both settle.
    private const long FlatKiB = 64;

    private static readonly (string Id, string File, int Count)[] s_expectedWarnings =
    [
        ("LIFE001", "Program.cs", 1),
        ("LIFE001", "NativeController.cs", 2),
        ("LIFE002", "MessageWorker.cs", 1),
    ];

    public static IEnumerable<Claim> OfBuilds(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        foreach ((string id, string file, int count) in s_expectedWarnings)
        {
            int found = before.Count(warning => SampleServer.IsAt(warning, id, file));
            yield return new Claim($"the compiler reports {id} {(count == 1 ? "once" : $"{count} times")} in {file}", found == count, $"{found}");
        }

        int all = before.Count(SampleServer.IsLifetimeWarning);
        int expected = s_expectedWarnings.Sum(warning => warning.Count);
        yield return new Claim("and nothing else before the repair", all == expected, $"{all} LIFE warnings");
        int left = after.Count(SampleServer.IsLifetimeWarning);
        yield return new Claim("no LIFE warning is left after the repair", left == 0, $"{left}");
    }

    public static IEnumerable<Claim> OfMemory(IReadOnlyList<Series> before, IReadOnlyList<Series> after)
    {
        foreach (Series series in before)
        {
            yield return series.EndPoint.LosesBefore ? Grows(series) : Flat("before", series);
        }

        foreach (Series series in after)
        {
            yield return Flat("after", series);
        }

        bool same = before.Zip(after).All(pair => pair.First.Answers.SequenceEqual(pair.Second.Answers));
        yield return new Claim("every end point answers as before", same, $"{before.Sum(series => series.Answers.Count)} answers compared");
    }

    private static Claim Grows(Series series) => new(
        $"before: {series.EndPoint.Path} grows by 2 MiB a request, virtual and resident",
        IsBlock(series.ResidentGrowth) && IsBlock(series.VirtualGrowth),
        Observed(series));

    private static Claim Flat(string when, Series series) => new(
        $"{when}: {series.EndPoint.Path} is flat",
        Math.Abs(series.ResidentGrowth) <= FlatKiB && Math.Abs(series.VirtualGrowth) <= FlatKiB,
        Observed(series));

    private static bool IsBlock(long growth) => growth is >= BlockKiB - Tolerance and <= BlockKiB + Tolerance;

    private static string Observed(Series series) => $"virtual {series.VirtualGrowth:+0;-0;0} KiB, resident {series.ResidentGrowth:+0;-0;0} KiB a request";
}
