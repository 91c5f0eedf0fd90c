namespace LifetimeAnalyzers.Docs.Tests;

/// <summary>Every rule has its page, and the page says what the descriptor says.</summary>
public class RulePageTests
{
    private static readonly string[] s_configuration = ["LIFE090"];

    public static TheoryData<string> Ids => [.. RulePage.Rules.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Title_is_the_rules(string id) => Assert.Equal($"# {id}: {Rule(id).Title}", RulePage.Of(id).Title);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Help_link_leads_to_the_page(string id)
    {
        Assert.EndsWith("/" + RulePage.PathOf(id), Rule(id).HelpLinkUri, StringComparison.Ordinal);
        Assert.True(File.Exists(Repository.PathOf(RulePage.PathOf(id))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Category_and_severity_are_the_rules(string id)
    {
        var head = RulePage.Of(id).Head;

        Assert.Equal(Rule(id).Category, head["Category"]);
        Assert.Equal(RulePage.Word(Rule(id).DefaultSeverity), head["Default severity"]);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fix_is_named_where_there_is_one(string id) => Assert.Equal(RulePage.Fixable.Contains(id), RulePage.Of(id).Head["Fix"] != "none");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_has_all_its_sections(string id)
    {
        if (s_configuration.Contains(id))
        {
            return;
        }

        string[] expected = ["Cause", "Why", "Example", "Fix", "What is not reported", "Configure", "Suppress"];
        Assert.Equal(id == "LIFE091" ? expected.Where(heading => heading != "Fix") : expected, RulePage.Of(id).Headings);
    }

    [Fact]
    public void There_is_no_page_without_a_rule() =>
        Assert.Equal(
            RulePage.Rules.Select(rule => rule.Id),
            Directory.EnumerateFiles(Repository.PathOf("docs/rules"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    private static Microsoft.CodeAnalysis.DiagnosticDescriptor Rule(string id) => RulePage.Rules.Single(rule => rule.Id == id);
}
