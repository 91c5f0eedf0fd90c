using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Gives a method whose body is an expression a block instead.</summary>
internal static class ExpressionBody
{
    /// <summary>Writes <paramref name="lines"/> as the block of <paramref name="method"/>; false when a comment or a directive would be lost.</summary>
    public static bool Open(FixSite site, TextEdits edits, BaseMethodDeclarationSyntax method, IEnumerable<string> lines, string unit)
    {
        if (method.ExpressionBody is not { } arrow || site.Root.DescendantTrivia(TextSpan.FromBounds(arrow.ArrowToken.SpanStart, method.SemicolonToken.SpanStart)).Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return false;
        }

        var indent = site.Layout.IndentAt(method.SpanStart);
        var newLine = site.Layout.NewLine;
        edits.Replace(
            TextSpan.FromBounds(arrow.ArrowToken.GetPreviousToken().Span.End, method.SemicolonToken.Span.End),
            (site.Layout.BraceEndsLine(method) ? " {" : newLine + indent + "{") + newLine + site.Layout.Indented(lines, indent + unit) + indent + "}");
        return true;
    }
}
