using System.Collections.Immutable;
using LifetimeAnalyzers.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Docs.Tests;

/// <summary>Compiles the code of a page as a user would, and runs the analyzer over it.</summary>
internal static class Example
{
    /// <summary>What the analyzer reports. Fails when the code does not compile.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportsAsync(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview), path: "Example.cs");
        var isProgram = tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var references = await References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None).ConfigureAwait(false);
        var compilation = CSharpCompilation.Create("Example", [tree], references.Add(References.Runtime), options);
        var mistakes = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToImmutableArray();
        Assert.True(mistakes.IsEmpty, "the code of the page does not compile: " + string.Join("\n", mistakes));

        var analysis = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: (exception, _, _) => Assert.Fail(exception.ToString()), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        return await compilation.WithAnalyzers([new LifetimeAnalyzer()], analysis).GetAnalyzerDiagnosticsAsync().ConfigureAwait(false);
    }
}
