using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE003: releases a block that nothing releases.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class NeverFreedFix() : LifetimeFix(
    "LIFE003",
    [new KeepOrDropResult(), new ReleaseUnlinked(), new StoreReallocated(), new ReleaseBeforeOverwrite(), new ReleaseBeforeHolder(), new ReleaseReplacedEntry(), new DisposeByUsing(), new DisposeHolder(), new ReleaseInTurn(ofBranch: true), new ReleaseInFinally(), new ReleaseParts(), new NameAndRelease(), new BlockBodyAndRelease(), new ReleaseFilled(), new ReleaseHeld(), new ReleaseOutArgument(), new ReleaseInTurn(), new ReleaseBeforeExit(), new InvertReleaseTest(), new ReleaseReplaced(), new ReleaseOther(), new ReleaseTested(), new ReleaseUnlessKept(), new ReleaseChain(), new ReleaseInReplacer(), new ReleaseWhileThereIsOne(), new ReleaseAtScopeEnd(), new KeepStart(), new NameDiscarded()],
    new UseHandle(),
    new RegisterForDispose());
