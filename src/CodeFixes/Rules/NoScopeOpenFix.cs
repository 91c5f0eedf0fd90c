using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE011: opens a request scope, or, where there is no place for one, allocates for the life of the process.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class NoScopeOpenFix() : LifetimeFix(
    "LIFE011",
    [new OpenScope(perIteration: false), new ProcessLifetime()]);
