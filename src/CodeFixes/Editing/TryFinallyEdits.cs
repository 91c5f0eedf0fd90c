using LifetimeAnalyzers.CodeFixes.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Writes <c>try { ... } finally { release }</c> around statements of a list, line by line.</summary>
internal sealed class TryFinallyEdits
{
    private readonly FixSite _site;
    private readonly StatementList _list;
    private readonly int _start;
    private readonly OwnedBlock? _block;
    private readonly string _indent;
    private readonly string _unit;
    private readonly string _newLine;
    private readonly bool _braceEndsLine;

    public TryFinallyEdits(GuardedRegion region)
        : this(region.Block.Site, region.List, region.Start)
    {
        _block = region.Block;
    }

    public TryFinallyEdits(FixSite site, StatementList list, int start)
    {
        _site = site;
        _list = list;
        _start = start;
        var anchor = list.Statements[Math.Min(start, list.Statements.Count - 1)];
        if (anchor is LabeledStatementSyntax)
        {
            // A label stands further out than what it is in.
            anchor = list.Statements.FirstOrDefault(statement => statement is not LabeledStatementSyntax) ?? anchor;
        }

        _indent = _site.Layout.IndentAt(anchor.SpanStart);
        _unit = _site.Layout.UnitAt(list.Container);
        _newLine = _site.Layout.NewLine;
        _braceEndsLine = _site.Layout.BraceEndsLine(anchor);
    }

    public TextEdits Edits { get; } = new();

    /// <summary>How many statements become the body of the <c>finally</c> where they are reused.</summary>
    public int Reused { get; init; } = 1;

    /// <summary>
    /// Guards the statements from the region's start up to <paramref name="end"/>. The statement at
    /// <paramref name="end"/> becomes the body of the <c>finally</c> when <paramref name="reuse"/> is set; otherwise
    /// <paramref name="release"/> does.
    /// </summary>
    /// <returns>Whether it can be written.</returns>
    public bool Guard(int end, bool reuse, IReadOnlyList<string>? release, IReadOnlyList<string> hoisted, string keyword = "finally", IReadOnlyList<TryStatementSyntax>? unwrapped = null)
    {
        var statements = _list.Statements;
        if (end <= _start)
        {
            return false;
        }

        if (!Enumerable.Range(_start, end - _start + (reuse ? Reused : 0)).All(i => StartsLine(statements[i])) || (end == statements.Count && _list.Container is BlockSyntax { CloseBraceToken: var brace } && !_site.Layout.StartsLine(brace.SpanStart)))
        {
            return unwrapped is not { Count: > 0 } && Reused == 1 && Unfold(end, reuse, release, hoisted, keyword);
        }

        if (!reuse && end == _start + 1 && hoisted.Count == 0 && keyword == "finally" && unwrapped is not { Count: > 0 } && statements[_start] is ReturnStatementSyntax { Expression: { } given } && IsReadAtOnce(given))
        {
            // Nothing can come in between.
            var line = _site.Layout.LineStart(statements[_start].SpanStart);
            Edits.Insert(line, string.Concat(release!.Select(text => _indent + text + _newLine)) + (release![release.Count - 1] == "}" ? _newLine : string.Empty));
            return true;
        }

        var extend = end == _start + 1 && statements[_start] is TryStatementSyntax { Finally: null } last && unwrapped?.Contains(last) != true && hoisted.Count == 0 && keyword == "finally";
        var open = OpeningPosition(statements[_start]);
        var close = reuse ? statements[end - 1].FullSpan.End : ClosingPosition(end);
        close = AfterClosedDirectives(AfterOpenDirectives(open, close), end);
        if (!HasBalancedDirectives(TextSpan.FromBounds(open, close)))
        {
            // What begins before the guarded statements ends behind them.
            close = statements[end - 1].FullSpan.End;
        }

        if (IsNamedWhereSwitchedOff(end, close, hoisted) || !HasBalancedDirectives(TextSpan.FromBounds(open, close)) || (reuse && !HasBalancedDirectives(TextSpan.FromBounds(close, EndOfReused(end)))) || (reuse && close > statements[end].SpanStart))
        {
            return false;
        }

        if (!extend)
        {
            foreach (var declaration in hoisted)
            {
                Edits.Insert(open, _indent + declaration + _newLine);
            }

            Edits.Insert(open, Opening("try"));
            IndentBetween(open, close, unwrapped ?? []);
        }

        if (extend && !reuse && _braceEndsLine && _site.Layout.EndsLine(statements[_start].Span.End))
        {
            var clauses = ((TryStatementSyntax)statements[_start]).Catches;
            var separator = clauses.Any() && _site.Layout.StartsLine(clauses.Last().SpanStart) ? _newLine + _indent : " ";
            Edits.Insert(statements[_start].Span.End, separator + keyword + " {" + _newLine + string.Concat(release!.Select(line => _indent + _unit + line + _newLine)) + _indent + "}");
            return true;
        }

        var closing = extend ? Clause(keyword) : ClosingThen(keyword);
        if (reuse)
        {
            var from = SkipBlankLines(close, statements[end].SpanStart);
            var to = EndOfReused(end);
            Edits.Replace(TextSpan.FromBounds(close, from), closing);
            _site.Layout.Indent(Edits, TextSpan.FromBounds(from, to), _unit);
            Edits.Insert(to, LineBreakBefore(to) + _indent + "}" + _newLine + BlankLineBefore(to));
        }
        else
        {
            Edits.Insert(close, LineBreakBefore(close) + closing + string.Concat(release!.Select(line => _indent + _unit + line + _newLine)) + _indent + "}" + _newLine + (end < statements.Count ? BlankLineBefore(close) : string.Empty));
        }

        return true;
    }

    /// <summary>A constant, or the plain value of a local or a parameter: it cannot throw and has nothing to do with the block.</summary>
    private bool IsReadAtOnce(ExpressionSyntax value) => _site.Model.GetConstantValue(value, _site.CancellationToken).HasValue
        || value is IdentifierNameSyntax && _site.Model.GetSymbolInfo(value, _site.CancellationToken).Symbol is ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None } && Repairs.MoveReleaseAfterLastUse.IsPlainValue(_site.Model.GetTypeInfo(value, _site.CancellationToken).ConvertedType);

    /// <summary>Moves the beginning of <paramref name="existing"/> up to the region's start.</summary>
    public bool MoveUp(TryStatementSyntax existing)
    {
        var first = _list.Statements[_start];
        if (!StartsLine(first) || !StartsLine(existing) || OpeningLines(existing) is not { } head)
        {
            return false;
        }

        var open = OpeningPosition(first);
        if (!HasBalancedDirectives(TextSpan.FromBounds(open, head.End)))
        {
            return false;
        }

        Edits.Insert(open, Opening("try"));
        _site.Layout.Indent(Edits, TextSpan.FromBounds(open, head.Start), _unit);
        Edits.Delete(head);
        return true;
    }

    /// <summary>The lines of <c>try</c> and its brace; null when something else stands on them.</summary>
    public TextSpan? OpeningLines(TryStatementSyntax existing)
    {
        var brace = existing.Block.OpenBraceToken;
        return _site.Layout.EndsLine(brace.Span.End) ? TextSpan.FromBounds(_site.Layout.LineStart(existing.TryKeyword.SpanStart), _site.Layout.NextLine(brace.Span.End)) : null;
    }

    /// <summary>The lines from the brace that closes <paramref name="existing"/>'s block to the end of its only clause; null when something else stands on them.</summary>
    public TextSpan? ClosingLines(TryStatementSyntax existing)
    {
        var brace = existing.Block.CloseBraceToken;
        return _site.Layout.StartsLine(brace.SpanStart) && _site.Layout.EndsLine(existing.Span.End)
            ? TextSpan.FromBounds(_site.Layout.LineStart(brace.SpanStart), _site.Layout.NextLine(existing.Span.End))
            : null;
    }

    private void IndentBetween(int open, int close, IReadOnlyList<TryStatementSyntax> unwrapped)
    {
        var from = open;
        foreach (var existing in unwrapped)
        {
            var head = OpeningLines(existing)!.Value;
            var tail = ClosingLines(existing)!.Value;
            _site.Layout.Indent(Edits, TextSpan.FromBounds(from, head.Start), _unit);
            Edits.Delete(head);
            Edits.Delete(tail);
            from = tail.End;
        }

        _site.Layout.Indent(Edits, TextSpan.FromBounds(from, Math.Max(from, close)), _unit);
    }

    /// <summary>Writes a block that stands on one line anew, over several.</summary>
    private bool Unfold(int end, bool reuse, IReadOnlyList<string>? release, IReadOnlyList<string> hoisted, string keyword)
    {
        if (_list.Container is not BlockSyntax block || block.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return false;
        }

        var statements = _list.Statements.Select(statement => Edits.Take(_site.Text, statement.Span)).ToList();
        if (!Edits.IsEmpty)
        {
            return false;
        }

        var accessor = block.Parent as AccessorDeclarationSyntax;
        var accessors = accessor?.Parent is AccessorListSyntax { Accessors.Count: 1 } folded && !_site.Layout.StartsLine(accessor.SpanStart) ? folded : null;
        var unit = _site.Layout.UnitAt(block.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)block);
        var outer = _site.Layout.IndentAt(block.SpanStart) + (accessors is null ? string.Empty : unit);
        var lines = new List<string>();
        void Add(IEnumerable<string> added, string indent) => lines.AddRange(added.Select(line => indent + line));

        IEnumerable<string> Kept(IEnumerable<string> some) => some.Where(statement => statement.Length > 0);

        Add(Kept(statements.Take(_start)), unit);
        Add(hoisted, unit);
        Add(_braceEndsLine ? ["try {"] : ["try", "{"], unit);
        Add(Kept(statements.Skip(_start).Take(end - _start)), unit + unit);
        Add(_braceEndsLine ? ["} " + keyword + " {"] : ["}", keyword, "{"], unit);
        Add(reuse ? [statements[end]] : release!, unit + unit);
        Add(["}"], unit);
        Add(Kept(statements.Skip(end + (reuse ? 1 : 0))), unit);
        var text = "{" + _newLine + string.Concat(lines.Select(line => outer + line + _newLine)) + outer + "}";
        if (accessors is not null)
        {
            var head = outer + _site.Text.ToString(TextSpan.FromBounds(accessor!.SpanStart, block.SpanStart)).TrimEnd() + (_braceEndsLine ? " " : _newLine + outer);
            var around = outer.Substring(0, outer.Length - unit.Length);
            var property = accessors.OpenBraceToken.GetPreviousToken();
            Edits.Replace(TextSpan.FromBounds(property.Span.End, accessors.Span.End), (_braceEndsLine ? " {" : _newLine + around + "{") + _newLine + head + text + _newLine + around + "}");
            return true;
        }

        var before = block.OpenBraceToken.GetPreviousToken();
        var opening = _braceEndsLine || _site.Layout.StartsLine(block.SpanStart) ? null : _newLine + outer;
        var from = opening is null ? block.SpanStart : before.Span.End;
        Edits.Replace(TextSpan.FromBounds(from, block.Span.End), opening + text);
        return true;
    }

    /// <summary>A blank line when the next one holds a statement.</summary>
    private string BlankLineBefore(int position)
    {
        var line = _site.Text.Lines.GetLineFromPosition(position);
        var next = line.Start == position ? line.ToString().Trim() : string.Empty;
        return next.Length == 0 || next[0] is '}' or '#' ? string.Empty : _newLine;
    }

    private bool StartsLine(StatementSyntax statement) => _site.Layout.StartsLine(statement.SpanStart);

    private int OpeningPosition(StatementSyntax first) => SkipBlankLines(first.FullSpan.Start, first.SpanStart);

    private int SkipBlankLines(int position, int before)
    {
        while (position < before && _site.Layout.IsBlankLine(position) && _site.Layout.NextLine(position) <= before)
        {
            position = _site.Layout.NextLine(position);
        }

        return position;
    }

    private int ClosingPosition(int end)
    {
        if (end == _list.Statements.Count && _list.Container is BlockSyntax block)
        {
            return _site.Layout.LineStart(block.CloseBraceToken.SpanStart);
        }

        return _list.Statements[end - 1].FullSpan.End;
    }

    /// <summary>The reused release with what belongs to it: the owner is cleared right after it.</summary>
    private int EndOfReused(int end)
    {
        var statements = _list.Statements;
        end += Reused - 1;
        return end + 1 < statements.Count && _block is not null && ReleaseCall.IsClearing(_block, statements[end + 1]) && StartsLine(statements[end + 1])
            ? statements[end + 1].FullSpan.End
            : statements[end].FullSpan.End;
    }

    private string LineBreakBefore(int position) => position > 0 && _site.Text[position - 1] is not ('\n' or '\r') ? _newLine : string.Empty;

    private string Opening(string keyword) =>
        _braceEndsLine ? _indent + keyword + " {" + _newLine : _indent + keyword + _newLine + _indent + "{" + _newLine;

    private string Clause(string keyword) => Opening(keyword);

    private string ClosingThen(string keyword) =>
        _braceEndsLine ? _indent + "} " + keyword + " {" + _newLine : _indent + "}" + _newLine + Opening(keyword);

    /// <summary>The position after what was switched on or off before <paramref name="position"/> and ends right there: the brace must not end up in between.</summary>
    private int AfterOpenDirectives(int open, int position)
    {
        var depth = DirectivesIn(TextSpan.FromBounds(open, position)).Sum(Depth);
        if (depth <= 0)
        {
            return position;
        }

        var next = _site.Root.FindToken(position);
        foreach (var trivia in next.LeadingTrivia.Where(trivia => trivia.IsDirective && trivia.SpanStart >= position))
        {
            depth += Depth(trivia);
            if (depth == 0)
            {
                return trivia.FullSpan.End;
            }
        }

        return position;
    }

    /// <summary>The position after what is switched on or off as a whole between <paramref name="position"/> and the statement at <paramref name="end"/>: like the statements before, it may name what they declare.</summary>
    private int AfterClosedDirectives(int position, int end) =>
        end < _list.Statements.Count && _list.Statements[end].GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.EndIfDirectiveTrivia)) is { RawKind: not 0 } last && last.SpanStart >= position && HasBalancedDirectives(TextSpan.FromBounds(position, last.FullSpan.End)) ? last.FullSpan.End : position;

    /// <summary>Code that is switched off behind the guarded statements names what they declare: it would not compile when it is switched on.</summary>
    private bool IsNamedWhereSwitchedOff(int end, int close, IReadOnlyList<string> hoisted)
    {
        if (!_list.Container.ContainsDirectives)
        {
            return false;
        }

        var names = new HashSet<string>(
            _list.Container.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.SpanStart >= close)
                .SelectMany(trivia => SyntaxFactory.ParseTokens(trivia.ToString())).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText),
            StringComparer.Ordinal);
        return names.Count > 0 && _list.DeclaredIn(_start, end).Any(name => names.Contains(name) && !hoisted.Any(declaration => SyntaxFactory.ParseTokens(declaration).Any(token => token.ValueText == name)));
    }

    private IEnumerable<SyntaxTrivia> DirectivesIn(TextSpan span) => !_site.Root.ContainsDirectives ? [] : _site.Root.DescendantTrivia(span).Where(trivia => trivia.IsDirective && span.Contains(trivia.SpanStart));

    private static int Depth(SyntaxTrivia directive) => directive.Kind() switch
    {
        SyntaxKind.IfDirectiveTrivia or SyntaxKind.RegionDirectiveTrivia => 1,
        SyntaxKind.EndIfDirectiveTrivia or SyntaxKind.EndRegionDirectiveTrivia => -1,
        _ => 0,
    };

    private bool HasBalancedDirectives(TextSpan span)
    {
        var depth = 0;
        foreach (var trivia in DirectivesIn(span))
        {
            depth += Depth(trivia);
            if (depth < 0 || (depth == 0 && trivia.Kind() is SyntaxKind.ElseDirectiveTrivia or SyntaxKind.ElifDirectiveTrivia))
            {
                return false;
            }
        }

        return depth == 0;
    }
}
