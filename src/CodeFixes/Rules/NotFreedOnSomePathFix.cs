using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE004: releases a block on the paths that forget it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class NotFreedOnSomePathFix() : LifetimeFix(
    "LIFE004",
    [new KeepOrDropResult(), new StoreReallocated(), new ReleaseBeforeOverwrite(), new ReleaseBeforeHolder(), new ReleaseMember(), new ReleaseReplacedEntry(), new DisposeByUsing(), new DisposeHolder(), new ReleaseUnderSameCondition(), new ReleaseInTurn(ofBranch: true), new ReleaseInFinally(), new ReleaseParts(), new NameAndRelease(), new BlockBodyAndRelease(), new ReleaseFilled(), new ReleaseHeld(), new ReleaseOutArgument(), new ReleaseInTurn(), new ReleaseBeforeExit(), new KeepUntilMoved(), new KeepWhileMoving(), new InvertReleaseTest(), new ReleaseReplaced(), new ReleaseTested(), new ReleaseEach(), new ReleaseUnlessKept(), new ReleaseInReplacer(), new ReleaseWhileThereIsOne(), new ReleaseInsideLoop(), new ReleaseAtScopeEnd(), new ReleaseOtherwise(), new ReleaseInArm(), new ReleaseInSwitchArm(), new ReleaseWhereLost(), new ReleaseLoser(), new GoThroughAll(), new ReleasePassedOver(), new ReleaseUnasked(), new TakeBeforeHolder(), new ScopedPath(handlersOnly: true)],
    new UseHandle(),
    new RegisterForDispose());
