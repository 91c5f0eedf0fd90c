using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE010: lets a copy escape, or allocates for the life of the process or for the caller.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class EscapesScopeFix() : LifetimeFix(
    "LIFE010",
    [new CopyOut(), new ProcessLifetime(), new HeapInsteadOfStack()]);
