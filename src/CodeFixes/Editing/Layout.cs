using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>How the file at hand is laid out: line ends, indentation, braces. New lines follow it.</summary>
internal sealed class Layout(SourceText text, SyntaxNode root)
{
    /// <summary>So many places of a file say how it is written.</summary>
    private const int MostPlaces = 40;

    private bool? _spacesArguments;
    private bool? _setsBlocksApart;

    /// <summary>The line end of the file.</summary>
    public string NewLine { get; } = FirstLineEnd(text);

    /// <summary>The blanks at the start of the line of <paramref name="position"/>.</summary>
    public string IndentAt(int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var end = line.Start;
        while (end < line.End && text[end] is ' ' or '\t')
        {
            end++;
        }

        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    /// <summary>One step of indentation around <paramref name="node"/>.</summary>
    public string UnitAt(SyntaxNode node)
    {
        foreach (var block in node.AncestorsAndSelf())
        {
            var inner = block switch
            {
                BlockSyntax { Statements.Count: > 0 } statements => statements.Statements[0],
                TypeDeclarationSyntax { Members.Count: > 0 } type => type.Members[0],
                _ => (SyntaxNode?)null,
            };
            if (inner is null)
            {
                continue;
            }

            var outerIndent = IndentAt(block.SpanStart);
            var innerIndent = IndentAt(inner.SpanStart);
            if (innerIndent.Length > outerIndent.Length && innerIndent.StartsWith(outerIndent, StringComparison.Ordinal))
            {
                return innerIndent.Substring(outerIndent.Length);
            }
        }

        return "    ";
    }

    /// <summary>Whether a blank stands between the name of a function and its arguments, as some houses write it.</summary>
    public bool SpacesArguments
    {
        get
        {
            if (_spacesArguments is not { } known)
            {
                var calls = root.DescendantNodes().OfType<InvocationExpressionSyntax>().Take(MostPlaces).Select(call => call.Expression.GetTrailingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))).ToList();
                _spacesArguments = known = 2 * calls.Count(spaced => spaced) > calls.Count;
            }

            return known;
        }
    }

    /// <summary>
    /// Whether opening braces stand at the end of a line around <paramref name="node"/>. For a statement, those of
    /// statements are asked first, in the member and then in the file: some write the braces of members otherwise.
    /// </summary>
    public bool BraceEndsLine(SyntaxNode node)
    {
        var around = node.AncestorsAndSelf().ToList();
        var member = around.Find(ancestor => ancestor is MemberDeclarationSyntax);
        IEnumerable<SyntaxNode> asked = node is StatementSyntax && member is not null and not BaseTypeDeclarationSyntax
            ? [.. around.Where(IsOfStatement), .. member.DescendantNodes().Where(IsOfStatement), .. root.DescendantNodes().Where(IsOfStatement).Take(MostPlaces), .. around]
            : around;
        return asked.Select(OpenBrace).Where(brace => brace.RawKind != 0).Select(brace => EndsItsLine(brace.SpanStart)).FirstOrDefault(ends => ends is not null) ?? false;
    }

    /// <summary><paramref name="lines"/>, in which every brace has its own line, as they are written around <paramref name="node"/>.</summary>
    public IReadOnlyList<string> Styled(IReadOnlyList<string> lines, SyntaxNode node)
    {
        if (!BraceEndsLine(node))
        {
            return lines;
        }

        var styled = new List<string>();
        foreach (var line in lines)
        {
            if (line.Trim() == "{" && styled.Count > 0)
            {
                styled[styled.Count - 1] += " {";
            }
            else
            {
                styled.Add(line);
            }
        }

        return styled;
    }

    /// <summary>Whether a blank line follows the brace that ends a statement, as most statements of the file have it.</summary>
    public bool SetsBlocksApart
    {
        get
        {
            if (_setsBlocksApart is not { } known)
            {
                var ends = root.DescendantNodes().OfType<IfStatementSyntax>().Where(test => test is { Else: null, Statement: BlockSyntax, Parent: BlockSyntax body } && body.Statements.Last() != test && StartsLine(test.GetLastToken().SpanStart)).Take(MostPlaces).Select(test => IsBlankAfter(test.Span.End)).ToList();
                _setsBlocksApart = known = ends.Count > 0 && 2 * ends.Count(apart => apart) > ends.Count;
            }

            return known;
        }
    }

    /// <summary>The blank line that has to stand between <paramref name="lines"/> and what follows.</summary>
    public IReadOnlyList<string> SetApart(IReadOnlyList<string> lines) => lines.Count > 0 && lines[lines.Count - 1] == "}" && SetsBlocksApart ? [.. lines, string.Empty] : lines;

    /// <summary>Whether the line behind the one of <paramref name="position"/> is blank.</summary>
    public bool IsBlankAfter(int position) => NextLine(position) is var next && next < text.Length && IsBlankLine(next);

    /// <summary>The text of <paramref name="lines"/>, each but the blank ones behind <paramref name="indent"/>.</summary>
    public string Indented(IEnumerable<string> lines, string indent) => string.Concat(lines.Select(line => (line.Length > 0 ? indent + line : line) + NewLine));

    /// <summary>Whether nothing but blanks stands before <paramref name="position"/> in its line.</summary>
    public bool StartsLine(int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, position)));
    }

    /// <summary>Whether nothing but blanks stands after <paramref name="position"/> in its line.</summary>
    public bool EndsLine(int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(position, line.End)));
    }

    /// <summary>Whether nothing but blanks and comments stands after <paramref name="node"/> in its line.</summary>
    public bool EndsLine(SyntaxNode node) =>
        node.GetLastToken().GetNextToken() is { RawKind: not 0 } next && text.Lines.GetLineFromPosition(next.SpanStart).LineNumber > text.Lines.GetLineFromPosition(node.Span.End).LineNumber && node.GetTrailingTrivia().ToFullString().EndsWith("\n", StringComparison.Ordinal);

    /// <summary>The start of the line after the one of <paramref name="position"/>; the end of the text when there is none.</summary>
    public int NextLine(int position) => text.Lines.GetLineFromPosition(position).EndIncludingLineBreak;

    /// <summary>The start of the line of <paramref name="position"/>.</summary>
    public int LineStart(int position) => text.Lines.GetLineFromPosition(position).Start;

    /// <summary>Whether the line that starts at <paramref name="start"/> is blank.</summary>
    public bool IsBlankLine(int start) => string.IsNullOrWhiteSpace(text.Lines.GetLineFromPosition(start).ToString());

    /// <summary>
    /// Indents the lines that start inside <paramref name="span"/> by <paramref name="unit"/>, except blank lines,
    /// directives other than regions, what is switched off and is no code, and lines inside a string.
    /// </summary>
    public void Indent(TextEdits edits, TextSpan span, string unit)
    {
        for (var line = text.Lines.GetLineFromPosition(span.Start); line.Start < span.End; line = text.Lines[line.LineNumber + 1])
        {
            if (line.Start >= span.Start && IsIndentable(line))
            {
                edits.Indent(line, unit);
            }

            if (line.LineNumber + 1 >= text.Lines.Count)
            {
                break;
            }
        }
    }

    /// <summary>Takes one <paramref name="unit"/> of indentation from the lines that start inside <paramref name="span"/>.</summary>
    public void Outdent(TextEdits edits, TextSpan span, string unit)
    {
        for (var start = span.Start; start < span.End; start = NextLine(start))
        {
            var line = text.Lines.GetLineFromPosition(start);
            if (line.ToString().StartsWith(unit, StringComparison.Ordinal) && IsIndentable(line))
            {
                edits.Delete(new TextSpan(line.Start, unit.Length));
            }
        }
    }

    private static string FirstLineEnd(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }

    private static SyntaxToken OpenBrace(SyntaxNode node) => node switch
    {
        BlockSyntax block => block.OpenBraceToken,
        BaseTypeDeclarationSyntax type => type.OpenBraceToken,
        SwitchStatementSyntax @switch => @switch.OpenBraceToken,
        _ => default,
    };

    /// <summary>The block belongs to a statement, and not to a member.</summary>
    private static bool IsOfStatement(SyntaxNode node) =>
        node is SwitchStatementSyntax or BlockSyntax { Parent: ElseClauseSyntax or CatchClauseSyntax or FinallyClauseSyntax or (StatementSyntax and not BlockSyntax and not LocalFunctionStatementSyntax) };

    /// <summary>Whether a brace ends a line that begins with something else; null for a block on one line, which says nothing.</summary>
    private bool? EndsItsLine(int brace)
    {
        var line = text.Lines.GetLineFromPosition(brace);
        return line.End > brace + 1 && text.ToString(TextSpan.FromBounds(brace + 1, line.End)).Trim().Length > 0 ? null : text.ToString(TextSpan.FromBounds(line.Start, brace)).Trim().Length > 0;
    }

    /// <summary>Whether <paramref name="switchedOff"/> is whole statements, so that nothing in it minds another indentation.</summary>
    private static bool AreStatements(string switchedOff) =>
        !switchedOff.Contains("\"\"\"") && !switchedOff.Contains("@\"") && SyntaxFactory.ParseStatement("{" + switchedOff + "\n}") is BlockSyntax { ContainsDiagnostics: false };

    private bool IsIndentable(TextLine line)
    {
        var content = line.ToString().TrimStart();
        if (content.Length == 0 || (content[0] == '#' && !content.StartsWith("#region", StringComparison.Ordinal) && !content.StartsWith("#endregion", StringComparison.Ordinal)))
        {
            return false;
        }

        var token = root.FindToken(line.Start, findInsideTrivia: false);
        var inside = token.SpanStart < line.Start && line.Start < token.Span.End;
        if (inside || (root.FindTrivia(line.Start) is var trivia && trivia.IsKind(SyntaxKind.DisabledTextTrivia) && !AreStatements(trivia.ToString())))
        {
            return false;
        }

        // A line inside the literal part of an interpolated string belongs to a token; inside a hole of one it must not move either.
        var around = token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>();
        return around is null || around.SpanStart >= line.Start;
    }
}
