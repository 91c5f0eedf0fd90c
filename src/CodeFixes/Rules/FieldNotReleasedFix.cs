using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE013: implements or completes the dispose pattern.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class FieldNotReleasedFix() : LifetimeFix(
    "LIFE013",
    [new CallBase(), new ReleaseReplacedMember(), new ReleaseDetached(), new ReleaseBeforeOverwrite(), new ReleaseFieldBeforeOverwrite(), new ReleaseLostEntries(), new CompleteReleaseHandle(), new ReleaseWhereCleared(), new ReleaseInDispose(), new ImplementDispose()])
{
    /// <summary>The <c>Dispose</c> of a partial type may stand in another file.</summary>
    private protected override bool ChangesOtherFiles => true;
}
