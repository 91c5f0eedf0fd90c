using LifetimeAnalyzers.Suite.Generator;

namespace LifetimeAnalyzers.Suite.Tests;

/// <summary>The checked-in systematic cases are what the generator writes.</summary>
public sealed class GeneratedCasesAreFresh
{
    [Fact]
    public void Files_and_texts_agree()
    {
        string folder = Path.Combine(CaseSet.RepositoryRoot(), "tests", "Suite", "Juliet");
        var written = GeneratedCases.All().ToDictionary(one => one.Path, one => one.Text);
        IEnumerable<string> present = Directory.EnumerateFiles(folder, "CWE*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), present.Order(StringComparer.Ordinal));
        Assert.All(written, one => Assert.Equal(one.Value, File.ReadAllText(Path.Combine(folder, one.Key)).ReplaceLineEndings("\n")));
    }
}
