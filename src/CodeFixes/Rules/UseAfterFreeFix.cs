using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE007: moves the release behind the last use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UseAfterFreeFix() : LifetimeFix(
    "LIFE007",
    [new MoveReleaseAfterLastUse()]);
