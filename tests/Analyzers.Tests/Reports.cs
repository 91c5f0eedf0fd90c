using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Tests;

/// <summary>What the analyzer reports on code that need not compile, and what an editor asks of it.</summary>
internal static class Reports
{
    /// <summary>A compilation of one file.</summary>
    public static async Task<CSharpCompilation> CompileAsync(string code, string path = "Test.cs") =>
        CSharpCompilation.Create("Test", [Parse(code, path)], await ReferencesAsync(), Options);

    /// <summary>All reports on <paramref name="compilation"/>, in the order in which the driver gives them.</summary>
    public static async Task<ImmutableArray<Diagnostic>> OfAsync(Compilation compilation, bool concurrent = false, LifetimeAnalyzer? analyzer = null) =>
        await With(compilation, concurrent, analyzer).GetAnalyzerDiagnosticsAsync();

    /// <summary>The reports on a file.</summary>
    public static async Task<ImmutableArray<Diagnostic>> OfAsync(string code) => await OfAsync(await CompileAsync(code));

    /// <summary>The only report on a file.</summary>
    public static async Task<Diagnostic> SingleAsync(string code) => Assert.Single(await OfAsync(code));

    /// <summary>What an editor gets for the part of a document that it shows.</summary>
    public static async Task<ImmutableArray<Diagnostic>> InEditorAsync(Compilation compilation, SyntaxTree tree, TextSpan? span) =>
        await With(compilation, concurrent: true).GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), span, CancellationToken.None);

    /// <summary>The tree of a file.</summary>
    public static SyntaxTree Parse(string code, string path = "Test.cs") => CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview), path);

    /// <summary>What code is compiled against.</summary>
    public static async Task<ImmutableArray<MetadataReference>> ReferencesAsync() =>
        (await References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None)).Add(References.Runtime);

    private static CSharpCompilationOptions Options { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    private static CompilationWithAnalyzers With(Compilation compilation, bool concurrent, LifetimeAnalyzer? analyzer = null) =>
        compilation.WithAnalyzers(
            [analyzer ?? new LifetimeAnalyzer()],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, _, _) => throw new InvalidOperationException("the analyzer failed", exception), concurrent, logAnalyzerExecutionTime: false));
}
