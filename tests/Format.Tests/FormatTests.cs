namespace LifetimeAnalyzers.Package.Tests;

/// <summary>
/// <c>dotnet format analyzers</c> with the packed package, one rule at a time: everything that the rule reports is
/// repaired in every file, the result builds without a report, and nothing else is touched. The files in <c>Before</c>
/// hold several reports each.
/// </summary>
[Collection(PackedPackages.Collection)]
public sealed class FormatTests(PackedPackages packages)
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

    public static TheoryData<string> Rules =>
        [.. Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Before"), "LIFE*.cs").Select(path => System.IO.Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Every_report_of_the_rule_is_repaired(string rule)
    {
        var before = await File.ReadAllTextAsync(System.IO.Path.Combine(AppContext.BaseDirectory, "Before", rule + ".cs"));
        var severity = $"dotnet_diagnostic.{rule}.severity = warning\n";
        var project = await ConsumerProject.CreateAsync(packages, "LifetimeAnalyzers.Runtime", before, severity);
        project.Write("More.cs", InNamespace(before));
        project.Write("Untouched.cs", Untouched);
        project.Write(".gitignore", "bin/\nobj/\n");
        var reported = (await project.BuildAsync()).Returned(0).Lines("warning " + rule);
        Assert.True(reported.Count(line => line.Contains("Consumer.cs", StringComparison.Ordinal)) > 1, $"{rule} is to be reported more than once in a file");
        Assert.True(reported.Count(line => line.Contains("More.cs", StringComparison.Ordinal)) > 1, $"{rule} is to be reported in several files");
        await GitAsync(project, "init", "--quiet");
        await GitAsync(project, "add", ".");

        (await project.FormatAsync("--diagnostics", rule, "--severity", "info")).Returned(0);

        Assert.Equal("Consumer.cs\nMore.cs", (await GitAsync(project, "diff", "--name-only")).Trim().ReplaceLineEndings("\n"));
        (await project.FormatAsync("--diagnostics", rule, "--severity", "info", "--verify-no-changes")).Returned(0);
        Assert.Empty((await project.BuildAsync()).Returned(0).Lines("warning LIFE"));
    }

    /// <summary>The same code once more, as another file of the project.</summary>
    private static string InNamespace(string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n').ToList();
        lines.InsertRange(lines.FindLastIndex(line => line.StartsWith("using ", StringComparison.Ordinal)) + 1, ["", "namespace More;"]);
        return string.Join('\n', lines);
    }

    private static async Task<string> GitAsync(ConsumerProject project, params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = project.Folder, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
