namespace LifetimeAnalyzers.Docs.Tests;

/// <summary>The files of the repository that the tests are about.</summary>
internal static class Repository
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    /// <summary>The full path of <paramref name="path"/>, which is relative to the root and has slashes.</summary>
    public static string PathOf(string path) => Path.Combine(s_root.Value, path);

    /// <summary>The text of a page, with line feeds only.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");

    /// <summary>All pages: those in <c>docs</c> and those at the root. Relative paths with slashes.</summary>
    public static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(s_root.Value, "*.md"))
            .Select(path => Path.GetRelativePath(s_root.Value, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// Asserts that the part of a page between <c>&lt;!-- name --&gt;</c> and the next comment is <paramref name="expected"/>.
    /// With <c>UPDATE_DOCS=1</c> in the environment it is written instead.
    /// </summary>
    public static void AssertPart(string path, string name, string expected)
    {
        var page = Read(path);
        var opening = $"<!-- {name} -->\n";
        var start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        var end = page.IndexOf("<!--", Math.Max(start, 0), StringComparison.Ordinal);
        Assert.True(start >= opening.Length && end >= start, $"{path} has no part '{name}'");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(PathOf(path), string.Concat(page.AsSpan(0, start), expected, page.AsSpan(end)));
            return;
        }

        Assert.True(page[start..end] == expected, $"{path} is stale; run the tests once with UPDATE_DOCS=1. Expected:\n{expected}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LifetimeAnalyzers.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the repository was not found above " + AppContext.BaseDirectory);
    }
}
