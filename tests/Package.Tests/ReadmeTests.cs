namespace LifetimeAnalyzers.Package.Tests;

/// <summary>The README's table of rules says what the release notes of the analyzer say.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Table_of_rules_is_that_of_the_release_notes()
    {
        string[] released = [.. new[] { "Shipped", "Unshipped" }
            .SelectMany(kind => File.ReadLines(Path.Combine(PackedPackages.Repository, "src", "Analyzers", $"AnalyzerReleases.{kind}.md")))
            .Where(line => line.StartsWith("LIFE", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"| {cells[0]} | {cells[3]} | {cells[2]} |")];

        string[] readme = [.. File.ReadLines(Path.Combine(PackedPackages.Repository, "README.md")).Where(line => line.StartsWith("| LIFE", StringComparison.Ordinal))];

        Assert.NotEmpty(released);
        Assert.Equal(released.Order(StringComparer.Ordinal), readme);
    }
}
