using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A block goes out in one arm of what is returned, and is lost in the other: <c>return image.IsValid ? image : null;</c>.
/// The other arm becomes a branch of its own, which releases it.
/// </summary>
internal sealed class ReleaseInArm : Repair
{
    public override string Name => "InArm";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonPath || OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsUsing: false, IsRef: false }, Statement.Parent: BlockSyntax body } block)
        {
            yield break;
        }

        foreach (var statement in body.Statements.OfType<ReturnStatementSyntax>().Where(statement => statement.SpanStart > block.Statement!.SpanStart && site.Layout.StartsLine(statement.SpanStart)))
        {
            if (statement.Expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both)
            {
                yield return WithoutBoth(site, block, statement, both);
            }

            if (statement.Expression is not ConditionalExpressionSyntax { WhenTrue: var kept, WhenFalse: var lost } value || HasComments(value))
            {
                continue;
            }

            var isNegated = block.References(kept).Any();
            if (!isNegated)
            {
                (kept, lost) = (lost, kept);
            }

            // What the other arm computes may need the block, which is gone then.
            if (!block.References(kept).Any() || block.References(lost).Any() || MayReach(site, lost) || IsNarrowed(site, value)
                || ReleaseText.Lines(block, statement.SpanStart, statement, mayBeNothing: MayBeNothing(block, value.Condition), site.Layout.UnitAt(statement)) is not { } lines)
            {
                continue;
            }

            var condition = isNegated ? Negation.Of(site, value.Condition) : OwnedBlock.Bare(value.Condition).ToString();
            var unit = site.Layout.UnitAt(statement);
            var indent = site.Layout.IndentAt(statement.SpanStart);
            IReadOnlyList<string> written = site.Layout.Styled([$"if ({condition})", "{", .. lines.Select(line => unit + line), $"{unit}return {lost};", "}"], statement);
            var edits = new TextEdits();
            edits.Replace(statement.Span, string.Join(site.Layout.NewLine + indent, written) + site.Layout.NewLine + site.Layout.NewLine + indent + $"return {kept};");
            yield return Plan.Of($"Release '{block.OwnerText}' when it is not returned", edits);
        }
    }

    /// <summary><c>return size > 4 &amp;&amp; Take(block);</c> whoever is not asked any more does not take the block.</summary>
    private static Plan? WithoutBoth(FixSite site, OwnedBlock block, ReturnStatementSyntax statement, BinaryExpressionSyntax both)
    {
        var isAnd = both.IsKind(SyntaxKind.LogicalAndExpression);
        if (HasComments(both) || block.References(both.Left).Any() || !block.References(both.Right).Any() || site.Model.GetSymbolInfo(both, site.CancellationToken).Symbol is IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator }
            || ReleaseText.Lines(block, statement.SpanStart, statement, mayBeNothing: false, site.Layout.UnitAt(statement)) is not { } lines)
        {
            return null;
        }

        var unit = site.Layout.UnitAt(statement);
        var indent = site.Layout.IndentAt(statement.SpanStart);
        var condition = isAnd ? Negation.Of(site, both.Left) : OwnedBlock.Bare(both.Left).ToString();
        IReadOnlyList<string> written = site.Layout.Styled([$"if ({condition})", "{", .. lines.Select(line => unit + line), $"{unit}return {(isAnd ? "false" : "true")};", "}"], statement);
        var edits = new TextEdits();
        edits.Replace(statement.Span, string.Join(site.Layout.NewLine + indent, written) + site.Layout.NewLine + site.Layout.NewLine + indent + $"return {OwnedBlock.Bare(both.Right)};");
        return Plan.Of($"Release '{block.OwnerText}' when it is not handed on", edits);
    }

    /// <summary>It is computed of other variables than plain values: one of them may be a way to the block.</summary>
    private static bool MayReach(FixSite site, ExpressionSyntax value) => value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol local && !MoveReleaseAfterLastUse.IsPlainValue(local.Type) || name.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not null);

    private static bool HasComments(SyntaxNode node) => node.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)) || node.ToString().Contains("\n");

    /// <summary>The arms together have another type than each: <c>b ? 1 : 2.5</c>.</summary>
    private static bool IsNarrowed(FixSite site, ConditionalExpressionSyntax value) =>
        site.Model.GetTypeInfo(value, site.CancellationToken) is { Type: { } natural, ConvertedType: { } converted } && !SymbolEqualityComparer.Default.Equals(natural, converted) && natural.IsValueType;

    /// <summary>The condition asks whether there is one.</summary>
    private static bool MayBeNothing(OwnedBlock block, ExpressionSyntax condition) => condition.DescendantNodesAndSelf().Any(node => node is ConditionalAccessExpressionSyntax access && block.References(access.Expression).Any()
        || node is BinaryExpressionSyntax binary && (ReleaseCall.IsNothing(binary.Right) && block.References(binary.Left).Any(name => name == binary.Left)) || node is IsPatternExpressionSyntax pattern && block.References(pattern.Expression).Any(name => name == pattern.Expression));
}
