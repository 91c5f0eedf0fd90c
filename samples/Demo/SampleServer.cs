using System.Text.RegularExpressions;

namespace LifetimeAnalyzers.Demo;

/// <summary>A copy of the sample server's source in the output folder, built against the packed packages.</summary>
internal sealed partial class SampleServer(DemoFolders folders, string name, string packageVersion)
{
    private const string ProjectFile = "Server.csproj";
    private readonly DotnetCommand _dotnet = new(folders.Copy(name), packageVersion);

    public string Folder { get; } = folders.Copy(name);

    public string Assembly => Path.Combine(Folder, "bin", "Release", "net10.0", "Server.dll");

    /// <summary>Copies the source and points its restore at the demo's own feed and cache.</summary>
    public void CopySource()
    {
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.EnumerateFiles(folders.SampleSource))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{folders.PackageCache}" />
              </config>
              <packageSources>
                <clear />
                <add key="local" value="{folders.Feed}" />
              </packageSources>
            </configuration>
            """);
    }

    public Task RestoreAsync(CancellationToken cancellation) =>
        _dotnet.RequireAsync("Restoring the sample server from the local feed", cancellation, "restore", ProjectFile);

    /// <summary>Builds from scratch (an incremental build prints no warnings) and returns the warnings as printed, each once.</summary>
    public async Task<IReadOnlyList<string>> BuildAsync(CancellationToken cancellation)
    {
        CommandResult result = await _dotnet.RequireAsync(
            "Building the sample server", cancellation, "build", ProjectFile, "-c", "Release", "--no-restore", "--no-incremental", "-v", "quiet");
        return [.. result.Lines.Where(line => Warning().IsMatch(line)).Select(line => line.Trim()).Distinct()];
    }

    /// <summary>Repairs the source by the analyzers and code fixes of the packed package.</summary>
    public Task RepairAsync(CancellationToken cancellation) =>
        _dotnet.RequireAsync("Repairing the sample server", cancellation, [.. RepairCommand.Split(' ').Skip(1)]);

    /// <summary>The one command, as a user would type it.</summary>
    public static string RepairCommand => $"dotnet format analyzers {ProjectFile} --no-restore --severity warn --diagnostics LIFE001 LIFE002 LIFE003 LIFE004";

    /// <summary>The warning of one id at one file, wherever in it.</summary>
    public static bool IsAt(string warning, string id, string file) =>
        warning.Contains($": warning {id}:", StringComparison.Ordinal) && warning.Contains(file + "(", StringComparison.Ordinal);

    public static bool IsLifetimeWarning(string warning) => warning.Contains(": warning LIFE", StringComparison.Ordinal);

    [GeneratedRegex(@": warning \w+:")]
    private static partial Regex Warning();
}
