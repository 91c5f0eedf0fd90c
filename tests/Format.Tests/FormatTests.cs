namespace LifetimeAnalyzers.Package.Tests;

/// <summary>
/// <c>dotnet format analyzers</c> with the packed package, one rule at a time: everything that the rule reports is
/// repaired, the result builds, and nothing else is touched. The files in <c>Before</c> hold several reports each.
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
        project.Write("Untouched.cs", Untouched);
        Assert.True((await project.BuildAsync()).Returned(0).Lines("warning " + rule).Count > 1, $"{rule} is to be reported more than once");

        (await project.FormatAsync("--diagnostics", rule, "--severity", "info")).Returned(0);

        Assert.NotEqual(before.ReplaceLineEndings("\n"), project.Read("Consumer.cs"));
        Assert.Equal(Untouched.ReplaceLineEndings("\n"), project.Read("Untouched.cs"));
        (await project.FormatAsync("--diagnostics", rule, "--severity", "info", "--verify-no-changes")).Returned(0);
        Assert.Empty((await project.BuildAsync()).Returned(0).Lines("warning LIFE"));
    }
}
