using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE016: returns a rented buffer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class NotReturnedOnSomePathFix() : LifetimeFix(
    "LIFE016",
    [new ReleaseBeforeOverwrite(), new ReleaseBeforeHolder(), new ReleaseReplacedEntry(), new DisposeByUsing(), new DisposeHolder(), new ReleaseInTurn(ofBranch: true), new ReleaseBeforeExit(), new ReleaseInFinally(), new ReleaseParts(), new NameAndRelease(), new BlockBodyAndRelease(), new ReleaseHeld(), new ReleaseOutArgument(), new ReleaseInTurn(), new InvertReleaseTest(), new ReleaseReplaced(), new ReleaseTested(), new ReleaseOtherwise(), new ReleaseInArm(), new ReleaseUnlessKept(), new ReleaseInReplacer(), new ReleaseWhileThereIsOne(), new ReleaseAtScopeEnd(), new ReleaseInSwitchArm(), new ReleaseWhereLost(), new ReleaseLoser(), new GoThroughAll(), new ReleasePassedOver(), new ReleaseUnasked()],
    new RegisterForDispose());
