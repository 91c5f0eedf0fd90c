using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Clears an <c>out</c> or <c>ref</c> parameter after its block is released: the caller must not find what is gone.</summary>
internal sealed class ClearLeftPointer : Repair
{
    public override string Name => "ClearParameter";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Owner: IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref } parameter } block || ReleaseText.ClearsItself(parameter.Type))
        {
            yield break;
        }

        var edits = new TextEdits();
        foreach (var span in site.Finding.PlacesOf(FixData.Release).Distinct())
        {
            if (ReleaseCall.At(site, block, span) is not { Statement: { Parent: BlockSyntax or SwitchSectionSyntax } statement } || !block.References(statement).Any() || !site.Layout.StartsLine(statement.SpanStart))
            {
                yield break;
            }

            edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(statement.SpanStart) + ReleaseText.Clearing(site, parameter.Name, parameter.Type) + site.Layout.NewLine);
        }

        yield return Plan.Of($"Clear '{parameter.Name}' after its release", edits);
    }
}
