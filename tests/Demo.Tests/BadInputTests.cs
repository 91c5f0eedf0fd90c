namespace LifetimeAnalyzers.Demo.Tests;

/// <summary>What the demo cannot work with gets a clear sentence, and nothing is lost.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly DemoProgram _demo = new();

    public void Dispose() => _demo.Dispose();

    [Theory]
    [InlineData("--requests 3", "--requests is a number from 5 to 200.")]
    [InlineData("--requests many", "--requests is a number from 5 to 200.")]
    [InlineData("--reqests 20", "Unrecognized command or argument '--reqests'.")]
    public async Task Option_that_is_not_understood(string arguments, string sentence)
    {
        (int exitCode, string printed) = await _demo.RunAsync(null, ["--output", _demo.Output, .. arguments.Split(' ')]);

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, printed, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_demo.Output));
    }

    [Fact]
    public async Task Folder_that_holds_something_else_is_left_alone()
    {
        Directory.CreateDirectory(_demo.Output);
        string file = Path.Combine(_demo.Output, "thesis.txt");
        await File.WriteAllTextAsync(file, "years of work");

        (int exitCode, string printed) = await _demo.RunAsync(null, "--output", _demo.Output);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{_demo.Output} holds files that no demo wrote; name an empty folder with --output.", printed, StringComparison.Ordinal);
        Assert.Equal("years of work", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Folder_that_cannot_be_made()
    {
        await File.WriteAllTextAsync(_demo.Output, "a file");

        (int exitCode, string printed) = await _demo.RunAsync(null, "--output", _demo.Output);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"The output folder {_demo.Output} cannot be written: ", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SDK_that_is_missing()
    {
        (int exitCode, string printed) = await _demo.RunAsync(path: _demo.Temporary, "--output", _demo.Output);

        Assert.Equal(1, exitCode);
        Assert.Contains("The .NET SDK was not found: 'dotnet' is not on the PATH. Install .NET SDK 10 from https://dot.net.", printed, StringComparison.Ordinal);
    }
}
