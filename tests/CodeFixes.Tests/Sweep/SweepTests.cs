using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// Every fix that is offered anywhere in the judging suite holds the bars. Where no repair is safe none is offered.
/// </summary>
public class SweepTests
{
    /// <summary>All that is written by hand; of the long programs of <c>Strangers</c> one in six, others than fix-all goes through.</summary>
    public static TheoryData<string> Files => [.. JudgedFiles.All.Where(path => !JudgedFiles.IsGenerated(path)).Where((path, i) => i % 6 == 1 || !path.StartsWith("Strangers", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_offered_fix_is_right(string file)
    {
        var unrepaired = new List<Diagnostic>();
        var faults = await Offers.FaultsAsync(await JudgedFiles.OpenAsync(file), unrepaired);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        foreach (var group in Bench.IsNewest ? unrepaired.GroupBy(report => report.Id) : [])
        {
            Assert.True(group.Count() <= Bounds.GetValueOrDefault((file, group.Key)), $"{file}: {group.Count()} reports of {group.Key} have no fix (lines {string.Join(", ", group.Select(report => report.Location.GetLineSpan().StartLinePosition.Line + 1))}); unrepaired.txt allows {Bounds.GetValueOrDefault((file, group.Key))}");
        }
    }

    /// <summary>How many reports of a file and a rule may have no fix at all: those where somebody has to decide who owns the block, or which of two statements is the mistake. Counted on the newest compiler; older ones bind some calls otherwise.</summary>
    private static readonly Dictionary<(string File, string Rule), int> Bounds = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "unrepaired.txt")).Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ')).ToDictionary(words => (words[0], words[1]), words => int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture));
}
