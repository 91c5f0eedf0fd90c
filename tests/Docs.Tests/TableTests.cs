using System.Globalization;
using System.Text;

namespace LifetimeAnalyzers.Docs.Tests;

/// <summary>The tables of rules are those of the descriptors; with UPDATE_DOCS=1 they are written.</summary>
public class TableTests
{
    [Fact]
    public void Table_of_the_readme_is_complete()
    {
        var table = new StringBuilder("| id | what it finds | severity |\n| --- | --- | --- |\n");
        foreach (var rule in RulePage.Rules)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {rule.Id} | {rule.Title} | {rule.DefaultSeverity} |\n");
        }

        Repository.AssertPart("README.md", "rules", table.ToString());
    }

    [Fact]
    public void Table_of_the_index_is_complete()
    {
        var table = new StringBuilder("| id | what it finds | default severity | category | fix |\n| --- | --- | --- | --- | --- |\n");
        foreach (var rule in RulePage.Rules)
        {
            table.Append(CultureInfo.InvariantCulture, $"| [{rule.Id}](rules/{rule.Id}.md) | {rule.Title} | {RulePage.Word(rule.DefaultSeverity)} | {rule.Category} | {(RulePage.Fixable.Contains(rule.Id) ? "yes" : "no")} |\n");
        }

        Repository.AssertPart("docs/README.md", "rules", table.ToString());
    }

    [Fact]
    public void Index_leads_to_every_page()
    {
        var index = Repository.Read("docs/README.md");

        Assert.All(
            Repository.Pages().Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md"),
            page => Assert.Contains($"({page["docs/".Length..]})", index, StringComparison.Ordinal));
    }
}
