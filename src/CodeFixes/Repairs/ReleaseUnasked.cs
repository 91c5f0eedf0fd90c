using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>The only release of a block stands under a condition, at the end of the statements in which there is the block: it is released in any case.</summary>
internal sealed class ReleaseUnasked : Repair
{
    public override string Name => "Unasked";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        // if (blocks.Remove(key, out var block)) { if (isLast) { Free(block); } }
        if (site.Finding.Reason is FixData.ReasonPath or FixData.ReasonIteration && !site.Finding.LeavesBody && site.Finding.Property(FixData.HeldKey) is { Length: > 0 } held && OwnedBlock.Find(site) is { Statement: IfStatementSyntax { Statement: BlockSyntax body } } block
            && site.Finding.PlacesOf(FixData.Release).Distinct().ToList() is { Count: 1 } places && body.Span.Contains(places[0]) && ReleaseCall.At(site, block, places[0]) is { Statement: ExpressionStatementSyntax release })
        {
            yield return Plan(site, body, release, held);
        }
    }

    /// <summary>Writes <paramref name="release"/> without its conditions into <paramref name="body"/>.</summary>
    public static Plan? Plan(FixSite site, BlockSyntax body, ExpressionStatementSyntax release, string released)
    {
        var title = $"Release '{released}' in any case";
        if (release.Parent == body)
        {
            // if (isEmpty) { continue; } Free(block);
            return body.Statements.Count >= 2 && body.Statements[body.Statements.Count - 1] == release && body.Statements[body.Statements.Count - 2] is IfStatementSyntax { Else: null } skip
                && (skip.Statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : skip.Statement) is ContinueStatementSyntax or BreakStatementSyntax && IsSilent(site, skip.Condition) && Removed(site, skip) is { } without
                ? Editing.Plan.Of(title, without) : null;
        }

        var outer = release.Ancestors().TakeWhile(node => node != body).OfType<StatementSyntax>().Last();
        if (outer is not IfStatementSyntax || outer != body.Statements.Last() || !site.Layout.StartsLine(outer.SpanStart) || !site.Layout.StartsLine(release.SpanStart) || !IsLastIn(release, outer))
        {
            return null;
        }

        var edits = new TextEdits();
        if (IsAlone(release, outer))
        {
            var tests = release.Ancestors().TakeWhile(node => node != body).OfType<IfStatementSyntax>();
            if (!tests.All(test => IsSilent(site, test.Condition)) || HasWords(outer, release))
            {
                return null;
            }

            edits.Replace(outer.Span, release.ToString());
            return Editing.Plan.Of(title, edits);
        }

        if (release.Parent is not BlockSyntax || !site.Layout.EndsLine(outer))
        {
            return null;
        }

        StatementRemoval.Remove(site, edits, release);
        edits.Insert(site.Layout.NextLine(outer.Span.End), site.Layout.NewLine + site.Layout.IndentAt(outer.SpanStart) + release + site.Layout.NewLine);
        return Editing.Plan.Of(title, edits);
    }

    private static TextEdits? Removed(FixSite site, StatementSyntax skip)
    {
        if (HasWords(skip, null) || !site.Layout.StartsLine(skip.SpanStart) || !site.Layout.EndsLine(skip))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Delete(StatementRemoval.LinesOf(site, skip.Span));
        return edits;
    }

    /// <summary>In its branches nothing comes behind the release, and nothing but branches without an <c>else</c> is around it.</summary>
    private static bool IsLastIn(StatementSyntax release, StatementSyntax outer)
    {
        for (SyntaxNode node = release; node != outer; node = node.Parent!)
        {
            if (node.Parent is BlockSyntax block ? block.Statements.Last() != node : node.Parent is not IfStatementSyntax { Else: null })
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAlone(StatementSyntax release, StatementSyntax outer) => outer.DescendantNodesAndSelf().OfType<StatementSyntax>().All(inner => inner == release || inner is BlockSyntax { Statements.Count: 1 } or IfStatementSyntax);

    /// <summary>A comment or a directive would be lost.</summary>
    private static bool HasWords(SyntaxNode node, SyntaxNode? except) => node.DescendantTrivia().Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString()) && node.Span.Contains(trivia.Span) && except?.Span.Contains(trivia.Span) != true);

    /// <summary>Nothing is missed when it is not asked: it only looks at memory.</summary>
    private static bool IsSilent(FixSite site, ExpressionSyntax condition) => condition.DescendantNodesAndSelf().All(node => node switch
    {
        InvocationExpressionSyntax call => site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { ContainingType.Name: "Marshal" } method && method.Name.StartsWith("Read", StringComparison.Ordinal) || StatementRemoval.IsSilent(site, call),
        AssignmentExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax { OperatorToken.RawKind: not (int)SyntaxKind.ExclamationToken } or DeclarationExpressionSyntax or DeclarationPatternSyntax => false,
        PrefixUnaryExpressionSyntax prefix => prefix.OperatorToken.RawKind is not ((int)SyntaxKind.PlusPlusToken or (int)SyntaxKind.MinusMinusToken),
        _ => true,
    });
}
