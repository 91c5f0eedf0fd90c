using System.Collections.Immutable;
using LifetimeAnalyzers.Configuration;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers;

/// <summary>The one analyzer of the package: one flow pass over a body, whose facts every rule judges.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LifetimeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        ConfigurationProblems.Register(context);
        context.RegisterCompilationStartAction(static start =>
        {
            var bodies = new BodyRules(start.Compilation, start.Options, start.CancellationToken);
            start.RegisterCodeBlockAction(bodies.Analyse);
        });
    }
}
