using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE005: releases a block when something throws.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class NotFreedWhenThrowingFix() : LifetimeFix(
    "LIFE005",
    [new DisposeByUsing(), new DisposeHolder(), new ReleaseInTurn(ofBranch: true), new ReleaseInFinally(), new ReleaseParts(), new NameAndRelease(), new BlockBodyAndRelease(), new ReleaseHeld(), new ReleaseOutArgument(), new ReleaseInCatch(), new ReleaseInConstructor(), new KeepStart(), new GuardRelease(), new ReleaseInCallee(), new ReleaseBeforeExit(), new ReleaseWhereLost(), new ReleaseInCatch(ofArgument: true), new ScopedPath(handlersOnly: true)],
    new UseHandle(),
    new RegisterForDispose());
