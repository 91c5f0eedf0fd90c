using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>The libraries in a program that is trimmed and compiled ahead of time: no warning, and it does what it should.</summary>
public sealed class NativeCompilationTests
{
    [Fact]
    public async Task Program_compiled_ahead_of_time_has_no_warning_and_works()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 || !HasLinker())
        {
            return;
        }

        string scratch = Directory.CreateTempSubdirectory("lifetime-native-").FullName;
        try
        {
            string published = Path.Combine(scratch, "out");
            (int code, string output) = await RunAsync(
                "dotnet", "publish", Path.Combine(Repository(), "tests", "Native.Probe"), "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true", "-p:UseSharedCompilation=false", "--artifacts-path", Path.Combine(scratch, "build"), "-o", published);

            Assert.True(code == 0, output);
            Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);

            (code, output) = await RunAsync(Path.Combine(published, "LifetimeAnalyzers.Native.Probe"));

            Assert.True(code == 0, output);
            Assert.EndsWith("done", output.TrimEnd(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    private static bool HasLinker() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LifetimeAnalyzers.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The test compiles a program of the repository it lies in.");
    }
}
