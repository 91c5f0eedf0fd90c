namespace LifetimeAnalyzers.Docs.Tests;

/// <summary>The code on the pages compiles, and the rules judge it as the pages say.</summary>
public class ExampleTests
{
    /// <summary>Rules whose examples are configuration, or a body too large for a page.</summary>
    private static readonly string[] s_withoutCode = ["LIFE090", "LIFE091"];

    public static TheoryData<string> Ids => [.. RulePage.Rules.Select(rule => rule.Id).Except(s_withoutCode, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Example_is_reported_as_the_page_says(string id)
    {
        var page = RulePage.Of(id);
        var examples = page.Code("Example");
        Assert.NotEmpty(examples);

        var messages = new List<string>();
        foreach (var example in examples)
        {
            var reports = await Example.ReportsAsync(example);
            Assert.Contains(reports, report => report.Id == id);
            messages.AddRange(reports.Select(report => report.GetMessage()));
        }

        Assert.All(page.Quotes("Example"), quote => Assert.Contains(quote, messages));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Repaired_code_is_not_reported(string id)
    {
        var repaired = RulePage.Of(id).Code("Fix");
        Assert.NotEmpty(repaired);
        foreach (var code in repaired)
        {
            Assert.DoesNotContain(await Example.ReportsAsync(code), report => report.Id == id);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Code_that_is_said_to_be_right_is_not_reported(string id)
    {
        foreach (var code in RulePage.Of(id).Code("What is not reported"))
        {
            Assert.DoesNotContain(await Example.ReportsAsync(code), report => report.Id == id);
        }
    }
}
