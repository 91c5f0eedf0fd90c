using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE001: takes the block from the request scope, or releases it before the request ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class OutlivesRequestFix() : LifetimeFix(
    "LIFE001",
    [new ScopedPath(), new DisposeByUsing(), new RegisterForDispose(), new KeepOrDropResult(), new ReleaseBeforeOverwrite(), new ReleaseInFinally(), new ReleaseParts(), new NameAndRelease(), new BlockBodyAndRelease(), new ReleaseHeld(), new ReleaseOutArgument()],
    new UseHandle());
