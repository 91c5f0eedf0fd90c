using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE012: ends the scope with a using.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ScopeNotEndedFix() : LifetimeFix(
    "LIFE012",
    [new DisposeByUsing(), new ReleaseInFinally()],
    new DisposeByUsing(awaited: true));
