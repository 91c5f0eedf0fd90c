using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE006: removes one of two releases, moves it behind the loop, or clears the variable between them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class DoubleFreeFix() : LifetimeFix(
    "LIFE006",
    [new KeepReallocated(), new StoreReallocated(), new ReleaseTested(), new InvertReleaseTest(), new ClearAfterRelease(ofField: true), new ReleaseNeighbour(), new RemoveSecondRelease(), new ReleaseBehindLoop(), new UseOtherwise(), new ClearAfterRelease()]);
