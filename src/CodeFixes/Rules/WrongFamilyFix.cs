using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE008: releases with the function that belongs to the allocation.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class WrongFamilyFix() : LifetimeFix(
    "LIFE008",
    [new RightRelease(), new AllocateForRelease()]);
