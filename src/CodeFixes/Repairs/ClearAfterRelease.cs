using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Clears the variable after its release, so that a second release finds nothing: for releases in branches of which
/// neither can go, and for families whose release takes null.
/// </summary>
internal sealed class ClearAfterRelease : Repair
{
    public override string Name => "Clear";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (!site.ReleaseTakesNull || OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsUsing: false, RefKind: RefKind.None }, OwnerType: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } } block)
        {
            yield break;
        }

        var releases = site.Finding.PlacesOf(FixData.Release).Where(span => span != site.Finding.Span).ToList();
        if (releases.Count == 0)
        {
            releases.Add(site.Finding.Span);
        }

        var edits = new TextEdits();
        var value = block.OwnerType is IPointerTypeSymbol ? "null" : site.Language >= LanguageVersion.CSharp11 ? "0" : "default";
        foreach (var span in releases)
        {
            if (ReleaseCall.At(site, block, span) is not { Statement: { Parent: BlockSyntax or SwitchSectionSyntax } statement }
                || !block.References(statement).Any()
                || !site.Layout.StartsLine(statement.SpanStart)
                || !block.References(site.Root).Any(name => name.SpanStart != span.Start && site.Finding.Span.Contains(name.Span)))
            {
                yield break;
            }

            edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(statement.SpanStart) + $"{block.OwnerText} = {value};" + site.Layout.NewLine);
        }

        yield return Plan.Of($"Clear '{block.OwnerText}' after its release", edits);
    }
}
