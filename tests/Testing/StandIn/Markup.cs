using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// Test code with its marks read and taken out: <c>[|...|]</c> the rule's diagnostic, <c>{|ID:...|}</c> a diagnostic by
/// id, <c>{|#0:...|}</c> a place with a number. Marks nest.
/// </summary>
internal sealed record Markup(string Text, ImmutableArray<(string? Id, TextSpan Span)> Diagnostics, ImmutableDictionary<int, TextSpan> Keys)
{
    public static Markup Parse(string marked)
    {
        var text = new StringBuilder(marked.Length);
        var open = new Stack<(string? Name, int Start, char Close)>();
        var diagnostics = ImmutableArray.CreateBuilder<(string? Id, TextSpan Span)>();
        var keys = ImmutableDictionary.CreateBuilder<int, TextSpan>();
        for (var i = 0; i < marked.Length; i++)
        {
            var next = i + 1 < marked.Length ? marked[i + 1] : '\0';
            if (marked[i] == '[' && next == '|')
            {
                open.Push((null, text.Length, ']'));
                i++;
            }
            else if (marked[i] == '{' && next == '|' && marked.IndexOf(':', i) is > 0 and var colon)
            {
                open.Push((marked[(i + 2)..colon], text.Length, '}'));
                i = colon;
            }
            else if (marked[i] == '|' && open.Count > 0 && next == open.Peek().Close)
            {
                var (name, start, _) = open.Pop();
                var span = TextSpan.FromBounds(start, text.Length);
                if (name is ['#', .. var number])
                {
                    keys.Add(int.Parse(number, CultureInfo.InvariantCulture), span);
                }
                else
                {
                    diagnostics.Add((name, span));
                }

                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        if (open.Count > 0)
        {
            throw new InvalidOperationException("A mark in the test code is opened and not closed: " + marked[..Math.Min(marked.Length, 200)]);
        }

        return new Markup(text.ToString(), diagnostics.ToImmutable(), keys.ToImmutable());
    }
}
