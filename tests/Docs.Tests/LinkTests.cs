using System.Text.RegularExpressions;

namespace LifetimeAnalyzers.Docs.Tests;

/// <summary>Links between pages lead somewhere.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_and_headings_that_exist(string page)
    {
        foreach (var target in Link().Matches(CodeBlock().Replace(Repository.Read(page), "")).Select(match => match.Groups[1].Value))
        {
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = target.Split('#', 2);
            var file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0]));
            Assert.True(Path.Exists(Repository.PathOf(file)), $"{page} links to '{target}', which does not exist");
            if (parts.Length == 2 && file.EndsWith(".md", StringComparison.Ordinal))
            {
                Assert.Contains(parts[1], Heading().Matches(Repository.Read(file)).Select(heading => Anchor(heading.Groups[1].Value)));
            }
        }
    }

    /// <summary>The anchor that a heading gets on the web: lower case, words joined by hyphens, nothing else but letters and digits.</summary>
    private static string Anchor(string heading) =>
        new([.. heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
