using System.ComponentModel;
using System.Diagnostics;

namespace LifetimeAnalyzers.Demo;

/// <summary>What a command printed and returned.</summary>
internal sealed record CommandResult(int ExitCode, IReadOnlyList<string> Lines);

/// <summary>Runs the .NET SDK as a child process that does not outlive the demo.</summary>
internal sealed class DotnetCommand(string workingFolder, string packageVersion)
{
    // dotnet run leaves its own MSBuild's traces in the environment; a child that inherits them takes them for orders.
    private static readonly string[] s_inherited = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    private static readonly string[] s_temporary = ["TMPDIR", "TMP", "TEMP"];

    /// <summary>Runs to the end and returns what was printed; ends the process and its children when cancelled.</summary>
    public async Task<CommandResult> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using Process process = Start(workingFolder, arguments, packageVersion);
        List<string> lines = [];
        Lock gate = new();
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            await ChildProcess.InterruptAsync(process);
        }

        return new CommandResult(process.ExitCode, lines);

        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
            {
                lock (gate)
                {
                    lines.Add(text);
                }
            }
        }
    }

    /// <summary>Runs and fails with the output when the command does.</summary>
    public async Task<CommandResult> RequireAsync(string purpose, CancellationToken cancellation, params string[] arguments)
    {
        CommandResult result = await RunAsync(cancellation, arguments);
        return result.ExitCode == 0
            ? result
            : throw new DemoException($"{purpose} failed: dotnet {string.Join(' ', arguments)} returned {result.ExitCode}.\n{string.Join('\n', result.Lines.TakeLast(30))}");
    }

    /// <summary>Starts <c>dotnet</c> with redirected output.</summary>
    public static Process Start(string folder, IReadOnlyList<string> arguments, string packageVersion)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (string name in s_inherited)
        {
            start.Environment.Remove(name);
        }

        // Properties reach dotnet format only through the environment. No server process may stay behind.
        start.Environment["LifetimeAnalyzersVersion"] = packageVersion;
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // whose sockets would be left behind
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (string name in s_temporary)
        {
            start.Environment[name] = TemporaryFolder.Path;
        }

        try
        {
            Process process = Process.Start(start) ?? throw new DemoException("dotnet could not be started.");
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception)
        {
            throw new DemoException("The .NET SDK was not found: 'dotnet' is not on the PATH. Install .NET SDK 10 from https://dot.net.");
        }
    }
}
