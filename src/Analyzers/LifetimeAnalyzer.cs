using System.Collections.Immutable;
using LifetimeAnalyzers.Configuration;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers;

/// <summary>The one analyzer of the package: one flow pass over a body, whose facts every rule judges.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LifetimeAnalyzer : DiagnosticAnalyzer
{
    private readonly Action<BodyResult>? _watch;

    /// <summary>The analyzer as compilers make it.</summary>
    public LifetimeAnalyzer()
    {
    }

    /// <summary>An analyzer that shows what it concludes of each body: for programs that measure it.</summary>
    internal LifetimeAnalyzer(Action<BodyResult> watch) => _watch = watch;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        ConfigurationProblems.Register(context);
        context.RegisterCompilationStartAction(start =>
        {
            var bodies = new BodyRules(start.Compilation, start.Options, _watch, start.CancellationToken);
            start.RegisterCodeBlockAction(bodies.Analyse);
        });
    }
}
