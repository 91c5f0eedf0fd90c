using System.Globalization;
using System.Text.RegularExpressions;

namespace LifetimeAnalyzers.Package.Tests;

/// <summary>
/// <c>dotnet format analyzers --diagnostics LIFE0NN</c> with the packed package, for every rule that has a fix: everything
/// that the rule reports is repaired in every file, the result builds without a report, and nothing else is touched. The
/// files in <c>Before</c> hold several reports each.
/// </summary>
[Collection(PackedPackages.Collection)]
public sealed class FormatTests(FormattedCases cases) : IClassFixture<FormattedCases>
{
    public static TheoryData<string> Rules => [.. FormattedCases.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_is_reported_several_times_in_several_files(string rule)
    {
        var reported = cases.FirstBuild.Lines("warning " + rule);

        foreach (var file in new[] { "Case.cs", "More.cs" })
        {
            Assert.True(reported.Count(line => line.Contains($"/{rule}/{file}", StringComparison.Ordinal)) > 1, $"{rule} is to be reported more than once in {file}:\n{string.Join('\n', reported)}");
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_report_of_the_rule_is_repaired(string rule)
    {
        cases.Formatted(rule).Returned(0);

        Assert.Equal($"{rule}/Case.cs {rule}/More.cs", string.Join(' ', cases.Changed.Where(file => file.StartsWith(rule, StringComparison.Ordinal))));
        Assert.DoesNotContain(cases.LastBuild.Returned(0).Lines($"/{rule}/"), line => line.Contains("warning LIFE", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_else_is_touched() =>
        Assert.DoesNotContain(cases.Changed, file => !file.EndsWith("/Case.cs", StringComparison.Ordinal) && !file.EndsWith("/More.cs", StringComparison.Ordinal));

    [Fact]
    public void Formatter_has_nothing_left_to_do()
    {
        // It returns 0 as well when it has loaded nothing, so the files are counted: three in each project.
        var looked = Regex.Match(cases.Verified.Returned(0).Output, "Formatted 0 of (\\d+) files");

        Assert.True(looked.Success && int.Parse(looked.Groups[1].Value, CultureInfo.InvariantCulture) >= 3 * FormattedCases.Rules.Count(), cases.Verified.Output);
        Assert.Empty(cases.LastBuild.Lines("warning LIFE"));
    }
}
