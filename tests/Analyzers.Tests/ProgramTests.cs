using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.Tests;

/// <summary>
/// Small web applications as people write them, some hundred functions, in <c>Programs</c>: every report is marked where it
/// stands, and nothing else may be reported.
/// </summary>
public class ProgramTests
{
    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        foreach (var name in typeof(ProgramTests).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".program", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            names.Add(name);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reports_are_those_that_are_marked(string name)
    {
        using var reader = new StreamReader(typeof(ProgramTests).Assembly.GetManifestResourceStream(name)!);
        var source = await reader.ReadToEndAsync();
        var test = new ReportsOnly(source);
        if (source.Contains("static void Main(", StringComparison.Ordinal))
        {
            test.TestState.OutputKind = OutputKind.ConsoleApplication;
        }

        await test.VerifyAsync();
    }

    private sealed class ReportsOnly(string source) : LifetimeTest(source)
    {
        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [];
    }
}
