using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE007: moves the release behind the last use, reads before it what is needed, awaits the work that uses the block, or lets a copy go out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UseAfterFreeFix() : LifetimeFix(
    "LIFE007",
    [new KeepReallocated(), new StoreReallocated(), new UseReallocated(), new StepBeforeRelease(), new ReleaseTested(), new TakeBeforeRelease(several: true), new ReleaseWhereReplaced(), new MoveReleaseAfterLastUse(), new UseOtherwise(), new ExtendGuard(), new TakeBeforeRelease(), new AwaitBeforeRelease(), new CopyOut(), new TakeBeforeFunction(), new ReleaseInWork(), new AwaitWork(), new RemoveEarlyRelease(), new ReleaseOnFailure(), new ClearLeftPointer(), new CollectBeforeRelease(), new LeaveToCaller(), new HandOutUndisposed()]);
