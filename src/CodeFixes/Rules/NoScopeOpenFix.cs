using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE011: opens a request scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class NoScopeOpenFix() : LifetimeFix(
    "LIFE011",
    [new OpenScope(perIteration: false)]);
