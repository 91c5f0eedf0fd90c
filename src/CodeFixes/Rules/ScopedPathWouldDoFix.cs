using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE015: takes the block from the request scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ScopedPathWouldDoFix() : LifetimeFix(
    "LIFE015",
    [new ScopedPath()]);
