namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>The same for the files that vary a few mistakes many times. A class of its own, so that both run at once.</summary>
public class GeneratedSweepTests
{
    private const int Parts = 48;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Parts)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Every_offered_fix_is_right(int part)
    {
        var faults = new List<string>();
        foreach (var file in JudgedFiles.All.Where(JudgedFiles.IsGenerated).Where((_, i) => i % Parts == part))
        {
            faults.AddRange((await Offers.FaultsAsync(await JudgedFiles.OpenAsync(file))).Select(fault => file + ": " + fault));
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
