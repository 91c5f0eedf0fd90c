using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Clears an <c>out</c> or <c>ref</c> parameter, a field or an element of the caller's array after its block is released: nobody must find there what is gone.</summary>
internal sealed class ClearLeftPointer : Repair
{
    public override string Name => "ClearParameter";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Property(FixData.LeftKey) is { Length: > 0 } left)
        {
            yield return Cleared(site, left);
            yield break;
        }

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

    private static Plan? Cleared(FixSite site, string left)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement || !site.Layout.StartsLine(statement.SpanStart))
        {
            return null;
        }

        // a variable may go by the name of the field
        var target = SyntaxFactory.ParseExpression(left);
        if (site.Model.GetSpeculativeSymbolInfo(statement.SpanStart, target, SpeculativeBindingOption.BindAsExpression).Symbol is ILocalSymbol or IParameterSymbol ||
            site.Model.GetSpeculativeTypeInfo(statement.SpanStart, target, SpeculativeBindingOption.BindAsExpression).Type is not { TypeKind: not TypeKind.Error } type)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(statement.SpanStart) + ReleaseText.Clearing(site, left, type) + site.Layout.NewLine);
        return Plan.Of($"Clear '{left}' after its release", edits);
    }
}
