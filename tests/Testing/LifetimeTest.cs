using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeAnalyzers.Testing;

/// <summary>
/// A test of the analyzer, and of all fixes of the package. Compiles with <c>unsafe</c>, nullable annotations and the
/// newest language against ASP.NET Core and the runtime library; a program when the code has top-level statements.
/// Rules that are hidden by default are switched off unless the code or <c>ExpectedDiagnostics</c> expects them.
/// </summary>
public class LifetimeTest : CSharpCodeFixTest<LifetimeAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    private static readonly CodeFixProvider[] Providers =
        [.. typeof(CodeFixes.CodeFixAssembly).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    /// <summary>A test over <paramref name="source"/> with markup.</summary>
    public LifetimeTest(string source)
    {
        ReferenceAssemblies = References.AspNetCore;
        TestState.Sources.Add(source);
        TestState.AdditionalReferences.Add(References.Runtime);
        if (HasTopLevelStatements(source))
        {
            TestState.OutputKind = OutputKind.ConsoleApplication;
        }
    }

    /// <summary>Runs the test, with the hidden rules that nothing mentions switched off.</summary>
    public Task VerifyAsync()
    {
        var mentioned = string.Join("\n", TestState.Sources.Concat(FixedState.Sources).Select(source => source.ToString()).Concat(ExpectedDiagnostics.Select(expected => expected.Id)));
        foreach (var rule in new LifetimeAnalyzer().SupportedDiagnostics)
        {
            if (rule.DefaultSeverity == DiagnosticSeverity.Hidden && !mentioned.Contains(rule.Id, StringComparison.Ordinal))
            {
                DisabledDiagnostics.Add(rule.Id);
            }
        }

        return RunAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Providers;

    /// <inheritdoc/>
    protected override CompilationOptions CreateCompilationOptions() =>
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    /// <inheritdoc/>
    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview);

    /// <summary>What marks a diagnostic in the code: read as code it would end the type around it.</summary>
    private static Regex Markup() => new(@"\{\|[A-Z#0-9]*:|\|\}");

    private static bool HasTopLevelStatements(string source) =>
        CSharpSyntaxTree.ParseText(Markup().Replace(source, "")).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
}
