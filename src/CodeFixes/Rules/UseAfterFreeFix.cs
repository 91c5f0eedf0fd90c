using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE007: moves the release behind the last use, reads before it what is needed, or awaits the work that uses the block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UseAfterFreeFix() : LifetimeFix(
    "LIFE007",
    [new KeepReallocated(), new StepBeforeRelease(), new MoveReleaseAfterLastUse(), new TakeBeforeRelease(), new AwaitBeforeRelease()]);
