using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Contract;

/// <summary>
/// Source in which findings are marked by hand: <c>{|LIFE003:...|}</c> is the report, <c>{|release:...|}</c> a place
/// with that role. With several reports, the names of one of them share an ending: <c>{|LIFE003.b:...|}</c>.
/// </summary>
internal sealed record MarkedSource(string Text, ImmutableArray<(string Name, string Group, TextSpan Span)> Marks)
{
    public static MarkedSource Parse(string source)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Name, int Start)>();
        var marks = ImmutableArray.CreateBuilder<(string, string, TextSpan)>();
        for (var i = 0; i < source.Length; i++)
        {
            if (source.AsSpan(i).StartsWith("{|"))
            {
                var colon = source.IndexOf(':', i);
                open.Push((source[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (open.Count > 0 && source.AsSpan(i).StartsWith("|}"))
            {
                var (name, start) = open.Pop();
                var parts = name.Split('.');
                marks.Add((parts[0], parts.Length > 1 ? parts[1] : string.Empty, TextSpan.FromBounds(start, text.Length)));
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        return new MarkedSource(text.ToString(), marks.ToImmutable());
    }
}
