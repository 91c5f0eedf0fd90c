using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE009: releases the address that was allocated, or nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class NotAllocatedFix() : LifetimeFix(
    "LIFE009",
    [new ReleaseUnlessStack(), new InvertReleaseTest(), new BasePointer()]);
