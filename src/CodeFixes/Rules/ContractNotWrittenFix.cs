using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE018: writes the inferred contract as an attribute.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ContractNotWrittenFix() : LifetimeFix(
    "LIFE018",
    [new WriteContract()]);
