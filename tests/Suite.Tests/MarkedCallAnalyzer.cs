using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Suite.Tests;

/// <summary>Reports every call of a function named Warn003, Info005 and so on: a report where a test wants one. Throws at a call of Crash.</summary>
#pragma warning disable RS1036, RS1038, RS1041, RS2008 // A stand-in for tests: never shipped, never loaded by a compiler.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MarkedCallAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<DiagnosticDescriptor> Descriptors =
    [
        .. Enumerable.Range(1, 18).SelectMany(number => new[] { Of(number, DiagnosticSeverity.Warning), Of(number, DiagnosticSeverity.Info) }),
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Judge, SyntaxKind.InvocationExpression);
    }

    private static void Judge(SyntaxNodeAnalysisContext context)
    {
        string name = ((InvocationExpressionSyntax)context.Node).Expression.ToString();
        if (name == "Crash")
        {
            throw new InvalidOperationException("asked for");
        }

        if (name.Length == 7 && name[..4] is "Warn" or "Info")
        {
            DiagnosticSeverity severity = name[..4] == "Warn" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.Single(one => one.Id == "LIFE" + name[4..] && one.DefaultSeverity == severity), context.Node.GetLocation()));
        }
    }

    private static DiagnosticDescriptor Of(int number, DiagnosticSeverity severity) =>
        new($"LIFE{number:000}", "title", "said", "Test", severity, isEnabledByDefault: true);
}
