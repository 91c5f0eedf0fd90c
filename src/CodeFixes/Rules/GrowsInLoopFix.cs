using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE014: frees the block in the iteration, or opens a scope for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class GrowsInLoopFix() : LifetimeFix(
    "LIFE014",
    [new ReleaseInFinally(), new ReleaseParts(), new NameAndRelease(), new BlockBodyAndRelease(), new OpenScope(perIteration: true)]);
