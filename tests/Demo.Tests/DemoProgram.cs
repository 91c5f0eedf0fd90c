using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Demo.Tests;

/// <summary>The demo as a process of its own, with its own folders for output and for temporary files.</summary>
internal sealed class DemoProgram : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("demo-tests-");

    public DemoProgram() => Directory.CreateDirectory(Temporary);

    public string Output => Path.Combine(_scratch.FullName, "output");

    public string Temporary => Path.Combine(_scratch.FullName, "tmp");

    public void Dispose() => _scratch.Delete(recursive: true);

    /// <summary>Starts it by its own executable.</summary>
    public Process Start(IEnumerable<string> arguments, string? path = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Demo.exe" : "Demo");

        // A shell that runs the tests in the background has them ignore SIGINT, nohup has them ignore SIGHUP, and they would hand that on.
        (string file, IEnumerable<string> all) = OperatingSystem.IsLinux() ? ("/usr/bin/env", ["--default-signal=INT,TERM,HUP", program, .. arguments]) : (program, arguments);
        ProcessStartInfo start = new(file, all) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _scratch.FullName };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // whose sockets would be taken for something the demo left
        start.Environment["PATH"] = path ?? start.Environment["PATH"];
        return Process.Start(start)!;
    }

    /// <summary>Runs it to the end.</summary>
    public async Task<(int ExitCode, string Printed)> RunAsync(string? path, params string[] arguments)
    {
        using Process process = Start(arguments, path);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + error);
    }

    /// <summary>Command lines of processes that work on the output folder.</summary>
    public IReadOnlyList<string> ProcessesAtWork() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.Combine(folder, "cmdline"))
            .Select(ReadOrNothing)
            .Where(line => line.Contains(Output, StringComparison.Ordinal)),
    ];

    private static string ReadOrNothing(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
