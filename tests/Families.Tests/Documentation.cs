namespace LifetimeAnalyzers.Families.Tests;

/// <summary>The pages of <c>docs/</c>.</summary>
internal static class Documentation
{
    public static string Page(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    /// <summary>
    /// Asserts that the part of the page between <c>&lt;!-- part --&gt;</c> and the next comment is <paramref name="expected"/>.
    /// With <c>UPDATE_DOCS=1</c> in the environment it is written instead.
    /// </summary>
    public static void Holds(string name, string part, string expected)
    {
        var page = Page(name);
        var start = page.IndexOf($"<!-- {part} -->\n", StringComparison.Ordinal) + $"<!-- {part} -->\n".Length;
        var end = page.IndexOf("<!--", start, StringComparison.Ordinal);
        Assert.True(start > 0 && end > start, $"{name} has no part '{part}'");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(PathOf(name), string.Concat(page.AsSpan(0, start), expected, page.AsSpan(end)));
            return;
        }

        Assert.True(page[start..end] == expected, $"docs/{name} is stale; run the tests once with UPDATE_DOCS=1. Expected:\n{expected}");
    }

    /// <summary>The full path of a page, or of what lies beside <c>docs/</c>.</summary>
    public static string PathOf(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "LifetimeAnalyzers.sln")))
        {
            root = root.Parent;
        }

        Assert.True(root is not null, "the repository was not found above " + AppContext.BaseDirectory);
        return Path.Combine(root.FullName, "docs", name);
    }
}
