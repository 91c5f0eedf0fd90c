using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>
/// Edits of one text, collected in any order. A fix edits text and not trees, so that every line it does not need stays
/// as it is, to the last blank.
/// </summary>
internal sealed class TextEdits
{
    private readonly List<(TextSpan Span, string Text, int Order)> _edits = [];
    private readonly List<(TextSpan Line, string Unit)> _indents = [];

    /// <summary>Nothing is edited yet.</summary>
    public bool IsEmpty => _edits.Count == 0 && _indents.Count == 0;

    public void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    public void Delete(TextSpan span) => Replace(span, string.Empty);

    public void Replace(TextSpan span, string text) => _edits.Add((span, text, _edits.Count));

    /// <summary>Inserts before everything that is already inserted at the same position; the same text once.</summary>
    public void InsertFirst(int position, string text)
    {
        if (!_edits.Exists(edit => edit.Span == new TextSpan(position, 0) && edit.Text == text))
        {
            _edits.Add((new TextSpan(position, 0), text, -1 - _edits.Count));
        }
    }

    /// <summary>Indents a line, unless the whole line or its beginning is taken out.</summary>
    public void Indent(TextLine line, string unit) => _indents.Add((line.Span, unit));

    /// <summary>The text of <paramref name="span"/> with the edits that belong to it, which are edits no more; empty when it is taken out.</summary>
    public string Take(SourceText text, TextSpan span)
    {
        if (_edits.Exists(edit => edit.Text.Length == 0 && edit.Span.Contains(span)))
        {
            _edits.RemoveAll(edit => edit.Span.IntersectsWith(span) && edit.Span.Start >= span.Start);
            return string.Empty;
        }

        var own = _edits.Where(edit => span.Contains(edit.Span)).OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Order).ToList();
        _edits.RemoveAll(own.Contains);
        var result = new System.Text.StringBuilder();
        var position = span.Start;
        foreach (var edit in own)
        {
            result.Append(text.ToString(TextSpan.FromBounds(position, Math.Max(position, edit.Span.Start)))).Append(edit.Text);
            position = Math.Max(position, edit.Span.End);
        }

        return result.Append(text.ToString(TextSpan.FromBounds(position, span.End))).ToString();
    }

    /// <summary>The edits as changes in order, without overlaps; null when two of them contradict each other.</summary>
    public ImmutableArray<TextChange>? ToChanges()
    {
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var kept = _indents.Where(indent => !_edits.Exists(edit => edit.Span.Length > 0 && (edit.Span.Contains(indent.Line) || (edit.Span.Start < indent.Line.Start && indent.Line.Start < edit.Span.End)))).Select(indent => (Span: new TextSpan(indent.Line.Start, 0), Text: indent.Unit, Order: int.MaxValue));
        var sorted = _edits.Select(edit => (edit.Span, edit.Text, edit.Order)).Concat(kept).OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Span.Length > 0).ThenBy(edit => edit.Order);
        foreach (var (span, text, _) in sorted)
        {
            if (changes.Count == 0 || changes[changes.Count - 1].Span.End < span.Start)
            {
                changes.Add(new TextChange(span, text));
                continue;
            }

            var last = changes[changes.Count - 1];
            if (last.Span.End == span.Start)
            {
                changes[changes.Count - 1] = new TextChange(TextSpan.FromBounds(last.Span.Start, span.End), last.NewText + text);
            }
            else if (last.NewText!.Length == 0 && text.Length == 0)
            {
                changes[changes.Count - 1] = new TextChange(TextSpan.FromBounds(last.Span.Start, Math.Max(last.Span.End, span.End)), string.Empty);
            }
            else
            {
                return null;
            }
        }

        return changes.Count == 0 ? null : changes.ToImmutable();
    }
}
