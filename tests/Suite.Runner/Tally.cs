namespace LifetimeAnalyzers.Suite;

/// <summary>The figures of a set of findings. Recall counts known misses as misses.</summary>
/// <param name="Expected">Warnings that were asked for.</param>
/// <param name="Hits">Of these, the reported ones.</param>
/// <param name="InformationExpected">Informational reports that were asked for.</param>
/// <param name="InformationHits">Of these, the reported ones.</param>
/// <param name="False">Warnings in good functions.</param>
/// <param name="Information">Informational reports that were not asked for.</param>
/// <param name="Extra">Warnings in bad functions beside the ones that were asked for.</param>
public sealed record Tally(
    int Expected, int Hits, int InformationExpected, int InformationHits, int False, int Information, int Extra)
{
    /// <summary>The share of the asked-for warnings that were reported; 1 when none was asked for.</summary>
    public double Recall => Expected == 0 ? 1 : (double)Hits / Expected;

    /// <summary>The share of the asked-for information that was reported; 1 when none was asked for.</summary>
    public double InformationRecall => InformationExpected == 0 ? 1 : (double)InformationHits / InformationExpected;

    /// <summary>The share of the warnings that were asked for; 1 when nothing was reported.</summary>
    public double Precision => Hits + False == 0 ? 1 : (double)Hits / (Hits + False);

    /// <summary>Counts findings.</summary>
    public static Tally Of(IEnumerable<Finding> findings)
    {
        Finding[] all = [.. findings];
        Finding[] asked = [.. all.Where(one => one.Expectation is not null)];
        int Count(Func<Finding, bool> condition) => all.Count(condition);
        return new Tally(
            asked.Count(one => !one.Expectation!.IsInformation),
            asked.Count(one => !one.Expectation!.IsInformation && one.Verdict == Verdict.Hit),
            asked.Count(one => one.Expectation!.IsInformation),
            asked.Count(one => one.Expectation!.IsInformation && one.Verdict == Verdict.Hit),
            Count(one => one.Verdict == Verdict.FalseReport),
            Count(one => one.Verdict == Verdict.Information),
            Count(one => one.Verdict == Verdict.Extra));
    }
}
