using Microsoft.CodeAnalysis.Testing;

namespace LifetimeAnalyzers.Testing;

/// <summary>The entry points that tests use. For anything unusual make a <see cref="LifetimeTest"/> and set its properties.</summary>
public static class Verify
{
    /// <summary>Checks that exactly the marked diagnostics (<c>{|LIFE003:...|}</c>) and the <paramref name="expected"/> ones are reported in <paramref name="source"/>.</summary>
    public static Task AnalyzerAsync(string source, params DiagnosticResult[] expected)
    {
        var test = new AnalyzerOnly(source);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.VerifyAsync();
    }

    /// <summary>The same with an <c>.editorconfig</c> whose <paramref name="options"/> hold for all C# files.</summary>
    public static Task AnalyzerWithOptionsAsync(string options, string source, params DiagnosticResult[] expected)
    {
        var test = new AnalyzerOnly(source);
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + options + "\n"));
        test.ExpectedDiagnostics.AddRange(expected);
        return test.VerifyAsync();
    }

    /// <summary>
    /// Checks the default fix: the marked diagnostics of <paramref name="before"/> are reported, and fixing them one by
    /// one and all at once gives <paramref name="after"/>, in which nothing but what is marked is reported.
    /// </summary>
    public static Task FixAsync(string before, string after) => FixAsync(before, after, null);

    /// <summary>The same with the fix whose equivalence key is <paramref name="equivalenceKey"/>.</summary>
    public static Task FixAsync(string before, string after, string? equivalenceKey)
    {
        var test = new LifetimeTest(before) { CodeActionEquivalenceKey = equivalenceKey };
        test.FixedState.Sources.Add(after);
        return test.VerifyAsync();
    }

    /// <summary>Checks that the marked diagnostics are reported and nothing is offered for them.</summary>
    public static Task NoFixAsync(string source) => new LifetimeTest(source).VerifyAsync();

    private sealed class AnalyzerOnly(string source) : LifetimeTest(source)
    {
        protected override IEnumerable<Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider> GetCodeFixProviders() => [];
    }
}
