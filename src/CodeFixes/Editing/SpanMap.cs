using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Where the spans of a text are after changes, so that several findings in one document can be fixed in turn.</summary>
internal sealed class SpanMap(ImmutableArray<TextChange> changes)
{
    /// <summary>The span after the changes; null when its start or end was replaced by something else.</summary>
    public TextSpan? Map(TextSpan span)
    {
        var start = MapStart(span.Start);
        var end = span.Length == 0 ? start : MapEnd(span.End);
        return start is { } from && end is { } to && to >= from ? TextSpan.FromBounds(from, to) : null;
    }

    private int? MapStart(int position)
    {
        var shift = 0;
        foreach (var change in changes)
        {
            if (change.Span.Start > position || (change.Span.Start == position && change.Span.Length > 0))
            {
                break;
            }

            if (change.Span.End > position)
            {
                return null;
            }

            shift += change.NewText!.Length - change.Span.Length;
        }

        return position + shift;
    }

    private int? MapEnd(int position)
    {
        var shift = 0;
        foreach (var change in changes)
        {
            if (change.Span.Start >= position)
            {
                break;
            }

            if (change.Span.End > position)
            {
                return null;
            }

            shift += change.NewText!.Length - change.Span.Length;
        }

        return position + shift;
    }
}
