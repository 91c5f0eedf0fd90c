using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Gives a method whose body is an expression a block instead.</summary>
internal static class ExpressionBody
{
    /// <summary>Writes <paramref name="lines"/> as the block of <paramref name="method"/>; false when a comment or a directive would be lost.</summary>
    public static bool Open(FixSite site, TextEdits edits, BaseMethodDeclarationSyntax method, IEnumerable<string> lines, string unit) => Open(site, edits, method, method.ExpressionBody, method.SemicolonToken, lines, unit);

    /// <summary>The same for an accessor that stands on a line of its own.</summary>
    public static bool Open(FixSite site, TextEdits edits, AccessorDeclarationSyntax accessor, IEnumerable<string> lines, string unit) =>
        site.Layout.StartsLine(accessor.SpanStart) && Open(site, edits, accessor, accessor.ExpressionBody, accessor.SemicolonToken, lines, unit);

    /// <summary>What is said behind a member on one line stays on its first one: the comment, taken from where it was.</summary>
    public static string CommentOf(FixSite site, TextEdits edits, ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool braceEndsLine)
    {
        var said = semicolon.TrailingTrivia.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
        var lines = site.Text.Lines;
        if (said.RawKind == 0 || braceEndsLine || lines.GetLineFromPosition(arrow.ArrowToken.GetPreviousToken().SpanStart).LineNumber != lines.GetLineFromPosition(semicolon.SpanStart).LineNumber)
        {
            return string.Empty;
        }

        edits.Delete(TextSpan.FromBounds(semicolon.Span.End, said.Span.End));
        return " " + said;
    }

    private static bool Open(FixSite site, TextEdits edits, SyntaxNode method, ArrowExpressionClauseSyntax? body, SyntaxToken semicolon, IEnumerable<string> lines, string unit)
    {
        if (body is not { } arrow || site.Root.DescendantTrivia(TextSpan.FromBounds(arrow.ArrowToken.SpanStart, semicolon.SpanStart)).Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return false;
        }

        var indent = site.Layout.IndentAt(method.SpanStart);
        var newLine = site.Layout.NewLine;
        var comment = CommentOf(site, edits, arrow, semicolon, site.Layout.BraceEndsLine(method));
        edits.Replace(
            TextSpan.FromBounds(arrow.ArrowToken.GetPreviousToken().Span.End, semicolon.Span.End),
            comment + (site.Layout.BraceEndsLine(method) ? " {" : newLine + indent + "{") + newLine + site.Layout.Indented(lines, indent + unit) + indent + "}");
        return true;
    }
}
