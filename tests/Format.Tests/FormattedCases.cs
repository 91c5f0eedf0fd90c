using System.Diagnostics;

namespace LifetimeAnalyzers.Package.Tests;

/// <summary>
/// A solution with a project for each rule that has a fix, restored from the packed packages: built, formatted a rule at a
/// time, checked once more and built again. Restoring and building cost most, so all projects do that together.
/// </summary>
public sealed class FormattedCases(PackedPackages packages) : IAsyncLifetime
{
    private const string Untouched = """
        using System.Runtime.InteropServices;

        /// <summary>Odd   layout and correct code: not a formatter's business here.</summary>
        internal static unsafe class Untouched
        {
            public static void  Correct( )
            {
                void* p = NativeMemory.Alloc(16); try { *(int*)p = 1; } finally { NativeMemory.Free(p); }
            }
        }
        """;

    private static readonly string Before = Path.Combine(AppContext.BaseDirectory, "Before");

    private readonly string _folder = packages.NewFolder();
    private readonly Dictionary<string, CommandResult> _formatted = [];

    /// <summary>The rules, in order.</summary>
    public static IEnumerable<string> Rules => Directory.GetFiles(Before, "LIFE*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    /// <summary>The build of all projects as they were.</summary>
    internal CommandResult FirstBuild { get; private set; } = null!;

    /// <summary>The build of all projects after formatting.</summary>
    internal CommandResult LastBuild { get; private set; } = null!;

    /// <summary>What the formatter says of the whole solution, asked for all rules, when each project has been formatted.</summary>
    internal CommandResult Verified { get; private set; } = null!;

    /// <summary>The files that differ from what they were.</summary>
    internal IReadOnlyList<string> Changed { get; private set; } = [];

    /// <summary>What <c>dotnet format</c> said of the project of <paramref name="rule"/>.</summary>
    internal CommandResult Formatted(string rule) => _formatted[rule];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        WriteAll();
        (await Dotnet.RunAsync(_folder, "restore", "Cases.slnx", "-v", "quiet")).Returned(0);
        FirstBuild = (await BuildAsync()).Returned(0);
        await GitAsync("init", "--quiet");
        await GitAsync("add", ".");
        var rules = Rules.ToArray();
        await Parallel.ForEachAsync(rules, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (rule, _) =>
        {
            var result = await Dotnet.RunAsync(_folder, "format", "analyzers", $"{rule}/{rule}.csproj", "--no-restore", "--diagnostics", rule, "--severity", "info");
            lock (_formatted)
            {
                _formatted.Add(rule, result);
            }
        });
        Verified = await Dotnet.RunAsync(_folder, ["format", "analyzers", "Cases.slnx", "--no-restore", "--severity", "info", "--verify-no-changes", "--verbosity", "diagnostic", "--diagnostics", .. rules]);
        Changed = [.. (await GitAsync("diff", "--name-only")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat((await GitAsync("ls-files", "--others", "--exclude-standard")).Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        LastBuild = await BuildAsync();
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private void WriteAll()
    {
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(packages.Scratch, "cache")}" /></config>
              <packageSources><clear /><add key="local" value="{packages.Feed}" /></packageSources>
            </configuration>
            """);
        Write(".gitignore", "bin/\nobj/\n");
        Write("Directory.Build.props", "<Project />");
        Write("Cases.slnx", $"<Solution>\n{string.Concat(Rules.Select(rule => $"  <Project Path=\"{rule}/{rule}.csproj\" />\n"))}</Solution>\n");
        foreach (var rule in Rules)
        {
            var source = File.ReadAllText(Path.Combine(Before, rule + ".cs"));
            Write(rule + "/Case.cs", source);
            Write(rule + "/More.cs", InNamespace(source));
            Write(rule + "/Untouched.cs", Untouched);
            Write(rule + "/.editorconfig", $"root = true\n[*.cs]\nindent_style = space\nindent_size = 4\nend_of_line = lf\ndotnet_diagnostic.{rule}.severity = warning\n");
            Write($"{rule}/{rule}.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="LifetimeAnalyzers.Runtime" Version="{packages.Version}" />
                  </ItemGroup>
                </Project>
                """);
        }
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
    }

    /// <summary>The same code once more, as another file of the project.</summary>
    private static string InNamespace(string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n').ToList();
        lines.InsertRange(lines.FindLastIndex(line => line.StartsWith("using ", StringComparison.Ordinal)) + 1, ["", "namespace More;"]);
        return string.Join('\n', lines);
    }

    /// <summary>From scratch: an incremental build prints no warnings.</summary>
    private Task<CommandResult> BuildAsync() => Dotnet.RunAsync(_folder, "build", "Cases.slnx", "--no-restore", "--no-incremental", "-v", "quiet", "-m:2");

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
