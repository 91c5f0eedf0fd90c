namespace LifetimeAnalyzers.Suite.Tests;

/// <summary>The analyzer against the whole suite. The tables and every miss go to artifacts/suite.</summary>
public sealed class SuiteJudgement
{
    private const double RecallBar = 0.97;

    private static readonly Lazy<Task<SuiteResult>> Run = new(RunAsync);

    [Fact]
    public async Task Every_case_compiles() =>
        Assert.Equal([], (await Run.Value).CompileErrors);

    [Fact]
    public async Task The_analyzer_does_not_throw() =>
        Assert.Equal([], (await Run.Value).Failures);

    [Fact]
    public async Task Recall_is_at_the_bar()
    {
        SuiteResult result = await Run.Value;
        Assert.True(
            result.Total.Recall >= RecallBar,
            $"recall {result.Total.Recall:0.000}: artifacts/suite/findings.txt lists every miss");
    }

    [Fact]
    public async Task Every_miss_is_a_known_one()
    {
        SuiteResult result = await Run.Value;
        Assert.Equal([], result.Findings.Where(one => one.Verdict == Verdict.Miss).Select(one => one.ToString()));
    }

    [Fact]
    public async Task No_known_miss_is_caught_after_all()
    {
        SuiteResult result = await Run.Value;
        IEnumerable<KnownMiss> open = result.Findings.Where(one => one.Verdict == Verdict.KnownMiss)
            .SelectMany(one => result.Set.KnownMisses.Where(known => known.Path == one.Case.Path && known.Function == one.Item!.Name));
        Assert.Equal([], result.Set.KnownMisses.Except(open));
    }

    [Fact]
    public async Task No_good_function_gets_a_warning()
    {
        SuiteResult result = await Run.Value;
        Assert.Equal([], result.Findings.Where(one => one.Verdict == Verdict.FalseReport).Select(one => one.ToString()));
    }

    private static async Task<SuiteResult> RunAsync()
    {
        SuiteResult result = await SuiteResult.RunAsync(CaseSet.Read(), new LifetimeAnalyzer(), CancellationToken.None);
        string folder = Path.Combine(CaseSet.RepositoryRoot(), "artifacts", "suite");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "tables.txt"), ResultText.Tables(result));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "findings.txt"),
            ResultText.Lines(result, Verdict.Miss, Verdict.KnownMiss, Verdict.FalseReport, Verdict.Extra, Verdict.Information));
        return result;
    }
}
