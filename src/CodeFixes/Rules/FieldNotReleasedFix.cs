using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE013: implements or completes the dispose pattern.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class FieldNotReleasedFix() : LifetimeFix(
    "LIFE013",
    [new ReleaseBeforeOverwrite(), new ReleaseInDispose(), new ImplementDispose()]);
