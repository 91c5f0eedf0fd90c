using System.Runtime.InteropServices;
using System.Text.Json;

namespace LifetimeAnalyzers.Package.Tests;

/// <summary>What a project that references the packages gets from build, format and configuration.</summary>
[Collection(PackedPackages.Collection)]
public sealed class ConsumerTests(PackedPackages packages)
{
    private const string AspNetCore = "LifetimeAnalyzers.AspNetCore";
    private const string WebSdk = "Microsoft.NET.Sdk.Web";

    [Fact]
    public async Task Build_prints_the_warning_once_and_writes_it_to_SARIF()
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, AspNetCore, Sources.LeakingController, sdk: WebSdk);

        CommandResult build = await project.BuildAsync("-p:ErrorLog=report.sarif%2cversion=2.1");

        build.Returned(0);
        Assert.Equal(2, build.Lines("warning LIFE").Count);
        Assert.Single(build.Lines("Consumer.cs(10,22): warning LIFE001: 'block' (Heap.Malloc)"));
        Assert.Single(build.Lines("Consumer.cs(17,22): warning LIFE001: 'block' (Heap.Malloc)"));
        JsonElement[] results = Sarif(project, "report.sarif");
        Assert.Equal(2, results.Length);
        Assert.All(results, result =>
        {
            Assert.Equal("LIFE001", result.GetProperty("ruleId").GetString());
            Assert.Equal("warning", result.GetProperty("level").GetString());
            Assert.EndsWith("Consumer.cs", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Format_repairs_what_the_build_reports_and_then_has_nothing_left_to_do()
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, AspNetCore, Sources.LeakingController, sdk: WebSdk);
        string[] command = ["--severity", "warn", "--diagnostics", "LIFE001"];

        (await project.FormatAsync([.. command, "--verify-no-changes"])).Returned(2);
        (await project.FormatAsync(command)).Returned(0);
        (await project.FormatAsync([.. command, "--verify-no-changes"])).Returned(0);

        string repaired = project.Read("Consumer.cs");
        Assert.Equal(Sources.LeakingController.Replace("Heap.Malloc(", "Heap.Emalloc(", StringComparison.Ordinal).ReplaceLineEndings("\n"), repaired);
        CommandResult build = await project.BuildAsync();
        Assert.Empty(build.Returned(0).Lines("LIFE"));
    }

    [Fact]
    public async Task Analyzers_alone_report_and_repair_without_the_runtime_library()
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, "LifetimeAnalyzers", Sources.NeverFreed);

        // beside the platform's own analyzers, all of them
        CommandResult before = await project.BuildAsync("-p:AnalysisMode=All");
        (await project.FormatAsync("--severity", "warn", "--diagnostics", "LIFE003")).Returned(0);
        CommandResult after = await project.BuildAsync();

        Assert.Single(before.Returned(0).Lines("Consumer.cs(9,29): warning LIFE003"));
        Assert.NotEmpty(before.Lines("warning CA"));
        Assert.Empty(after.Returned(0).Lines("LIFE"));
        Assert.Contains("NativeMemory.Free(copy)", project.Read("Consumer.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet_diagnostic.LIFE003.severity = error", "error LIFE003", 1)]
    [InlineData("dotnet_diagnostic.LIFE003.severity = none", null, 0)]
    [InlineData("dotnet_analyzer_diagnostic.category-Lifetime.Leaks.severity = error", "error LIFE003", 1)]
    public async Task Severity_is_what_the_editorconfig_says(string line, string? expected, int exitCode)
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, "LifetimeAnalyzers", Sources.NeverFreed, editorConfig: line + "\n");

        CommandResult build = await project.BuildAsync();

        build.Returned(exitCode);
        if (expected is null)
        {
            Assert.Empty(build.Lines("LIFE003"));
        }
        else
        {
            Assert.Single(build.Lines(expected));
        }
    }

    [Fact]
    public async Task Option_that_cannot_be_understood_is_reported_and_the_rest_still_counts()
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, "LifetimeAnalyzers", Sources.NeverFreed, editorConfig: "lifetime_analyzers.hosting_model = sometimes\n");

        CommandResult build = await project.BuildAsync();

        Assert.Contains("sometimes", Assert.Single(build.Returned(0).Lines("warning LIFE090")), StringComparison.Ordinal);
        Assert.Single(build.Lines("warning LIFE003"));
    }

    [Fact]
    public async Task Severity_that_does_not_exist_is_named_and_the_default_counts()
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, "LifetimeAnalyzers", Sources.NeverFreed, editorConfig: "dotnet_diagnostic.LIFE003.severity = wanring\n");

        CommandResult build = await project.BuildAsync();

        Assert.Contains("'wanring'", Assert.Single(build.Returned(0).Lines("warning InvalidSeverityInAnalyzerConfig")), StringComparison.Ordinal);
        Assert.Single(build.Lines("warning LIFE003"));
    }

    [Fact]
    public async Task App_can_opt_out_of_the_analyzers_that_the_runtime_brings()
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(
            packages, AspNetCore, Sources.LeakingController, sdk: WebSdk, properties: "<EnableLifetimeAnalyzers>false</EnableLifetimeAnalyzers>");

        Assert.Empty((await project.BuildAsync()).Returned(0).Lines("LIFE"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("<UseCompiledLifetimeAnalyzers>false</UseCompiledLifetimeAnalyzers>", false)]
    public async Task Build_takes_the_analyzers_that_are_compiled_for_the_machine(string properties, bool compiled)
    {
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, "LifetimeAnalyzers", Sources.NeverFreed, properties: properties);

        (await project.BuildAsync("-t:ResolveLockFileAnalyzers", "-getItem:Analyzer", "-getResultOutputFile:items.json")).Returned(0);

        string machine = RuntimeInformation.RuntimeIdentifier;
        string folder = compiled && machine is "linux-x64" ? $"compiled/{machine}" : "analyzers/dotnet/cs";
        string[] taken = [.. JsonDocument.Parse(project.Read("items.json")).RootElement.GetProperty("Items").GetProperty("Analyzer").EnumerateArray()
            .Select(item => Path.GetFullPath(item.GetProperty("Identity").GetString()!).Replace('\\', '/')).Where(path => path.Contains("/lifetimeanalyzers/", StringComparison.OrdinalIgnoreCase))];
        Assert.Equal(2, taken.Length);
        Assert.All(taken, path => Assert.Contains($"/{folder}/LifetimeAnalyzers", path, StringComparison.Ordinal));
        Assert.Single((await project.BuildAsync()).Returned(0).Lines("warning LIFE003"));
    }

    [Fact]
    public async Task Pool_is_taught_by_a_text_file_beside_the_project()
    {
        const string Source = """
            namespace Consumer;

            public sealed class Buffers
            {
                public byte[] Get(int size) => new byte[size];

                public void Return(byte[] buffer) => System.Array.Clear(buffer);
            }

            public static class Work
            {
                public static int Twice(Buffers buffers)
                {
                    byte[] buffer = buffers.Get(10);
                    buffers.Return(buffer);
                    buffers.Return(buffer);
                    return 0;
                }
            }

            """;
        ConsumerProject project = await ConsumerProject.CreateAsync(packages, "LifetimeAnalyzers", Source);
        Assert.Empty((await project.BuildAsync()).Returned(0).Lines("LIFE"));

        project.Write("pools.lifetime.txt", TaughtPool);

        Assert.Single((await project.BuildAsync()).Returned(0).Lines("Consumer.cs(16,9): warning LIFE006"));
    }

    private const string TaughtPool = "pair pool M:Consumer.Buffers.Get => M:Consumer.Buffers.Return\n";

    private static JsonElement[] Sarif(ConsumerProject project, string file)
    {
        using JsonDocument log = JsonDocument.Parse(project.Read(file));
        return [.. log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Where(result => result.GetProperty("ruleId").GetString()!.StartsWith("LIFE", StringComparison.Ordinal)).Select(result => result.Clone())];
    }
}
