using System.Text.RegularExpressions;

namespace LifetimeAnalyzers.Tests;

/// <summary>The page that says which tests hold the runtime to its promises names tests that exist.</summary>
public sealed partial class PromisesTests
{
    [Fact]
    public void Each_promise_names_tests_that_exist()
    {
        string repository = Repository();
        Dictionary<string, string> sources = Directory.EnumerateFiles(Path.Combine(repository, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file))
            .ToDictionary(files => files.Key, files => string.Concat(files.Select(File.ReadAllText)));
        string[] promises = [.. File.ReadLines(Path.Combine(repository, "docs", "runtime-promises.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)];
        Assert.NotEmpty(promises);
        foreach (string promise in promises)
        {
            Assert.Contains('`', promise);
            Assert.All(TestName().Matches(promise), test => Assert.Contains(
                $" {test.Groups["method"].Value}(", sources.GetValueOrDefault(test.Groups["type"].Value, ""), StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"`(?<type>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex TestName();

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LifetimeAnalyzers.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The test reads a page of the repository it lies in.");
    }
}
