using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Takes statements out of a text, with the line they stand on and nothing else.</summary>
internal static class StatementRemoval
{
    /// <summary>Removes <paramref name="statement"/> and the one that comes <paramref name="next"/>, and an <c>if</c> that is empty without it and whose condition does nothing.</summary>
    public static void Remove(FixSite site, TextEdits edits, StatementSyntax statement, StatementSyntax? next = null)
    {
        while (EmptiedBy(statement, next) is { } empty)
        {
            statement = empty;
            next = null;
        }

        if (next is not null)
        {
            Remove(site, edits, next);
        }

        if (statement.Parent is LabeledStatementSyntax { Parent: BlockSyntax { Statements: var all } } label && all.Last() != label && site.Layout.StartsLine(statement.SpanStart))
        {
            // The label goes to the next statement.
            edits.Delete(LinesOf(site, statement.Span));
            return;
        }

        if (statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax))
        {
            edits.Replace(statement.Span, "{ }");
            return;
        }

        edits.Delete(LinesOf(site, statement.Span));
    }

    /// <summary>The lines of <paramref name="span"/> when nothing else stands on them, with a blank line that would end or begin a block; otherwise the span and the blanks after it.</summary>
    public static TextSpan LinesOf(FixSite site, TextSpan span)
    {
        var layout = site.Layout;
        var end = span.End;
        var trailing = site.Root.FindToken(Math.Max(span.Start, span.End - 1)).TrailingTrivia;
        var hasComment = trailing.Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString()));
        if (layout.StartsLine(span.Start) && (layout.EndsLine(end) || hasComment))
        {
            var start = layout.LineStart(span.Start);
            var next = layout.NextLine(end);
            var closes = next < site.Text.Length && (layout.IsBlankLine(next) || site.Text.ToString(site.Text.Lines.GetLineFromPosition(next).Span).TrimStart().StartsWith("}", StringComparison.Ordinal));
            if (closes && start > 0 && layout.IsBlankLine(layout.LineStart(start - 1)))
            {
                start = layout.LineStart(start - 1);
            }

            var opens = start > 0 && site.Text.ToString(site.Text.Lines.GetLineFromPosition(start - 1).Span).TrimEnd().EndsWith("{", StringComparison.Ordinal);
            return TextSpan.FromBounds(start, opens && next < site.Text.Length && layout.IsBlankLine(next) ? layout.NextLine(next) : next);
        }

        while (end < site.Text.Length && site.Text[end] is ' ' or '\t')
        {
            end++;
        }

        return TextSpan.FromBounds(span.Start, end);
    }

    private static StatementSyntax? EmptiedBy(StatementSyntax statement, StatementSyntax? next)
    {
        var outer = statement.Parent is BlockSyntax block && block.Statements.All(other => other == statement || other == next) && !HasComment(block) ? block : (SyntaxNode)statement;
        return outer.Parent is IfStatementSyntax { Else: null } condition && condition.Statement == outer && IsSilent(condition.Condition) ? condition : null;
    }

    private static bool HasComment(BlockSyntax block) =>
        block.DescendantTrivia().Any(trivia => trivia.ToString().StartsWith("/", StringComparison.Ordinal));

    private static bool IsSilent(ExpressionSyntax condition) =>
        condition.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax or DeclarationPatternSyntax or ElementAccessExpressionSyntax or DeclarationExpressionSyntax));
}
