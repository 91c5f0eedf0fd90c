using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Gives the braces to the body of a loop or a branch that has none.</summary>
internal static class EmbeddedStatement
{
    /// <summary>Whether <paramref name="statement"/> is such a body.</summary>
    public static bool Is(StatementSyntax statement) =>
        statement.Parent is IfStatementSyntax or ElseClauseSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or UsingStatementSyntax or LockStatementSyntax or FixedStatementSyntax && statement is not BlockSyntax;

    /// <summary>Writes a block of <paramref name="lines"/> instead of <paramref name="statement"/>; false where a comment would be lost.</summary>
    public static bool Replace(FixSite site, TextEdits edits, StatementSyntax statement, IReadOnlyList<string> lines)
    {
        var before = statement.GetFirstToken().GetPreviousToken();
        if (before.TrailingTrivia.Concat(statement.GetLeadingTrivia()).Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString())))
        {
            return false;
        }

        var outer = site.Layout.IndentAt(statement.Parent!.SpanStart);
        var inner = outer + site.Layout.UnitAt(statement);
        var newLine = site.Layout.NewLine;
        var opening = site.Layout.BraceEndsLine(statement) ? " {" : newLine + outer + "{";

        // A comment behind the statement stays with it.
        var end = statement.GetTrailingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)).Select(trivia => trivia.Span.End).DefaultIfEmpty(statement.Span.End).First();
        var said = site.Text.ToString(TextSpan.FromBounds(statement.Span.End, end));
        edits.Replace(TextSpan.FromBounds(before.Span.End, end), opening + newLine + string.Join(newLine, lines.Select(line => line.Length == 0 ? line : inner + line)) + said + newLine + outer + "}");
        return true;
    }
}
