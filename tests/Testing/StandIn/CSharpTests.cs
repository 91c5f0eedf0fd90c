using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Microsoft.CodeAnalysis.CSharp.Testing
{
    /// <summary>Tests an analyzer over C#.</summary>
    public class CSharpAnalyzerTest<TAnalyzer, TVerifier> : AnalyzerTest<TVerifier>
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TVerifier : IVerifier, new()
    {
        /// <inheritdoc/>
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new TAnalyzer()];
    }

    /// <summary>Tests an analyzer and its fix over C#.</summary>
    public class CSharpCodeFixTest<TAnalyzer, TCodeFix, TVerifier> : CodeFixTest<TVerifier>
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TCodeFix : CodeFixProvider, new()
        where TVerifier : IVerifier, new()
    {
        /// <inheritdoc/>
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new TAnalyzer()];

        /// <inheritdoc/>
        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [new TCodeFix()];
    }
}

namespace Microsoft.CodeAnalysis.Testing
{
    /// <summary>A fix for nothing, where a test names its providers itself.</summary>
    public sealed class EmptyCodeFixProvider : CodeFixProvider
    {
        /// <inheritdoc/>
        public override System.Collections.Immutable.ImmutableArray<string> FixableDiagnosticIds => [];

        /// <inheritdoc/>
        public override FixAllProvider? GetFixAllProvider() => null;

        /// <inheritdoc/>
        public override Task RegisterCodeFixesAsync(CodeFixContext context) => Task.CompletedTask;
    }
}
