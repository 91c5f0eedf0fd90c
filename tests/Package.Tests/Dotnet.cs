using System.Diagnostics;

namespace LifetimeAnalyzers.Package.Tests;

/// <summary>What a command printed and returned.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The lines that hold <paramref name="text"/>, each once (the build prints a warning again in its summary).</summary>
    public IReadOnlyList<string> Lines(string text) =>
        [.. Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains(text, StringComparison.Ordinal)).Distinct()];

    /// <summary>Fails the test with the output unless the command returned <paramref name="exitCode"/>.</summary>
    public CommandResult Returned(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"returned {ExitCode} instead of {exitCode}:\n{Output}");
        return this;
    }
}

/// <summary>Runs the SDK without leaving a server of its behind.</summary>
internal static class Dotnet
{
    public static async Task<CommandResult> RunAsync(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };

        // The test host inherited these from an MSBuild; a child would take them for orders. CI would make warnings errors.
        foreach (string name in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "CI" })
        {
            start.Environment.Remove(name);
        }

        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output + await error);
    }
}
