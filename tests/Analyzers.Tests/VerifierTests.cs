using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeAnalyzers.Tests;

/// <summary>The verifier itself: it must fail when it should, or every other test is worth nothing.</summary>
public class VerifierTests
{
    [Fact]
    public Task Marked_diagnostic_is_found() => RunAsync<NamesAnyClass>("class {|T001:C|} { }");

    [Fact]
    public Task Mark_without_id_stands_for_the_only_rule() => RunAsync<NamesAnyClass>("class [|C|] { }");

    [Fact]
    public async Task Missing_diagnostic_fails()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync<NamesAnyClass>("struct {|T001:C|} { }"));
        Assert.Contains("missing:    T001", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unexpected_diagnostic_fails()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync<NamesAnyClass>("class C { }"));
        Assert.Contains("unexpected: /0/Test0.cs(1,7): warning T001", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Compiler_error_fails() => Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync<NamesAnyClass>("class {|T001:C|} { int M() => \"\"; }"));

    [Fact]
    public async Task Analyzer_that_throws_fails()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync<Throws>("class C { }"));
        Assert.Contains("AD0001", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Message_and_additional_location_are_compared() => RunAsync<NamesAnyClass>(
        "class {|#0:C|} { {|#1:int|} x; }",
        new DiagnosticResult(NamesAnyClass.Rule).WithLocation(0).WithLocation(1).WithArguments("C"));

    [Fact]
    public Task Wrong_message_fails() => Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync<NamesAnyClass>(
        "class {|#0:C|} { {|#1:int|} x; }",
        new DiagnosticResult(NamesAnyClass.Rule).WithLocation(0).WithLocation(1).WithArguments("D")));

    [Fact]
    public Task Code_under_test_sees_web_framework_runtime_library_and_unsafe_top_level_statements() => Verify.AnalyzerAsync("""
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        unsafe
        {
            int* p = null;
        }

        app.Run();
        """);

    private static Task RunAsync<TAnalyzer>(string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

#pragma warning disable RS1036, RS1038, RS1041, RS2008 // Not shipped: a rule for the tests of the verifier.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class NamesAnyClass : DiagnosticAnalyzer
    {
        public static readonly DiagnosticDescriptor Rule = new("T001", "Class", "The class is called {0}", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override System.Collections.Immutable.ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (type.TypeKind == TypeKind.Class)
                    {
                        var fields = type.GetMembers().OfType<IFieldSymbol>().Select(field => field.Locations[0].SourceTree!.GetRoot().FindNode(field.Locations[0].SourceSpan).Parent!.ChildNodes().First().GetLocation());
                        symbol.ReportDiagnostic(Diagnostic.Create(Rule, type.Locations[0], fields, type.Name));
                    }
                },
                SymbolKind.NamedType);
        }
    }

    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Throws : DiagnosticAnalyzer
    {
        public override System.Collections.Immutable.ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [NamesAnyClass.Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(_ => throw new InvalidOperationException("on purpose"), SymbolKind.NamedType);
        }
    }
}
