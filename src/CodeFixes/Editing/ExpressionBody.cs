using Microsoft.CodeAnalysis;
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

    private static bool Open(FixSite site, TextEdits edits, SyntaxNode method, ArrowExpressionClauseSyntax? body, SyntaxToken semicolon, IEnumerable<string> lines, string unit)
    {
        if (body is not { } arrow || site.Root.DescendantTrivia(TextSpan.FromBounds(arrow.ArrowToken.SpanStart, semicolon.SpanStart)).Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return false;
        }

        var indent = site.Layout.IndentAt(method.SpanStart);
        var newLine = site.Layout.NewLine;
        edits.Replace(
            TextSpan.FromBounds(arrow.ArrowToken.GetPreviousToken().Span.End, semicolon.Span.End),
            (site.Layout.BraceEndsLine(method) ? " {" : newLine + indent + "{") + newLine + site.Layout.Indented(lines, indent + unit) + indent + "}");
        return true;
    }
}
