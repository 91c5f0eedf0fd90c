using System.Text.RegularExpressions;

namespace LifetimeAnalyzers.Families.Tests;

/// <summary>What the pages say is what the program does.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_line_in_the_page_about_own_functions_is_understood()
    {
        var blocks = TextBlock().Matches(Documentation.Page("teach-your-own-functions.md"));

        Assert.True(blocks.Count >= 7);
        Assert.All(blocks, block => Assert.Empty(Contract.Problems(block.Groups[1].Value)));
    }

    [Fact]
    public void Every_statement_and_option_of_the_format_is_on_the_page()
    {
        var page = Documentation.Page("teach-your-own-functions.md");
        var words = new[] { "pair", "family", "allocates", "releases", "reallocates", "owner", "borrows", "holds", "takes", "views", "same", "nothrow", "throws", "never-returns", "hints", "managed", "names", "names counted", "names aside", "names last",
            "nullable", "null-ok", "if true", "if false", "if zero", "if nonzero", "if nonnegative", "when", "may-throw", "derived", "per-instance", "shared", "pointer", "disposed", "release", "discard-ok", "unreleased-ok", "fails-by-throwing", "counted", "of-receiver" };

        Assert.All(words, word => Assert.Contains("`" + word, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_families_that_the_page_names_exist()
    {
        var named = Regex.Match(Documentation.Page("teach-your-own-functions.md"), "one that is known: (.*?)\\. What").Groups[1].Value;

        Assert.All(Regex.Matches(named, "`([^`]+)`"), name => Assert.NotNull(BuiltInFiles.Table.FamilyNamed(name.Groups[1].Value)));
    }

    [Fact]
    public void The_example_of_LIFE090_gives_its_message()
    {
        var page = Documentation.Page("rules/LIFE090.md");

        Assert.Contains(Assert.Single(Contract.Problems(TextBlock().Match(page).Groups[1].Value)).Split(": ", 2)[1], page, StringComparison.Ordinal);
        Assert.Contains(Configuration.OptionProblems.ProblemOf("lifetime_analyzers.hosting_model", "forever")!, page, StringComparison.Ordinal);
        Assert.Contains(Configuration.OptionProblems.ProblemOf("lifetime_analyzers.hostingmodel", "persistent")!, page, StringComparison.Ordinal);
        Assert.Contains(Rules.Descriptors.BadConfiguration.Title.ToString(), page, StringComparison.Ordinal);
    }

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex TextBlock();
}
