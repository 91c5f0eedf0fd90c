using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Configuration;

/// <summary>Everything in a project's configuration that cannot be understood (LIFE090).</summary>
internal static class ConfigurationProblems
{
    /// <summary>Reports the problems at the end of each compilation.</summary>
    public static void Register(AnalysisContext context) => context.RegisterCompilationAction(static context =>
    {
        foreach (var problem in In(context.Compilation, context.Options, context.CancellationToken))
        {
            context.ReportDiagnostic(problem);
        }
    });

    /// <summary>The problems of the <c>*.lifetime.txt</c> files and of the options.</summary>
    public static IEnumerable<Diagnostic> In(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken) =>
        LifetimeFileProblems.In(compilation, options, cancellationToken).Concat(OptionProblems.In(compilation, options, cancellationToken));
}
