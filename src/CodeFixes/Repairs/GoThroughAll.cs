using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A loop releases all elements but the first or the last: it goes through all that another loop has filled.</summary>
internal sealed class GoThroughAll : Repair
{
    public override string Name => "All";

    public override bool FitsWhereNoReleaseDoes => true;

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonLeftOut || site.Finding.PlacesOf(FixData.Exit).Select(place => site.NodeAt<ForStatementSyntax>(place)).FirstOrDefault() is not { Declaration.Variables: { Count: 1 } counters, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression } bound } releasing)
        {
            yield break;
        }

        if (counters[0].Initializer?.Value is LiteralExpressionSyntax { Token.ValueText: not "0" } first)
        {
            yield return With(first.Span, "0");
        }

        if (OwnedBlock.Bare(bound.Right) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression, Right: LiteralExpressionSyntax { Token.ValueText: "1" }, Left: var all })
        {
            yield return With(bound.Right.Span, all.ToString());
        }

        // As far as the loop that fills the table.
        if (site.Finding.PlacesOf(FixData.Allocation).Select(place => site.NodeAt<ForStatementSyntax>(place)).FirstOrDefault() is { Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Right: LiteralExpressionSyntax end } } filling && filling != releasing && bound.Right is LiteralExpressionSyntax)
        {
            yield return With(bound.Right.Span, end.ToString());
        }

        static Plan? With(Microsoft.CodeAnalysis.Text.TextSpan span, string text)
        {
            var edits = new TextEdits();
            edits.Replace(span, text);
            return Plan.Of("Go through all elements", edits);
        }
    }
}
