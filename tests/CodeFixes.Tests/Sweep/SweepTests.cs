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
        var faults = await Offers.FaultsAsync(await JudgedFiles.OpenAsync(file));

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
