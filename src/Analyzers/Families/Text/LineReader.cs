namespace LifetimeAnalyzers.Families;

/// <summary>A word of a line and the column it starts at.</summary>
internal readonly record struct Word(string Text, int Column, bool IsQuoted);

/// <summary>Splits a line into words: at white space, except inside quotes and parameter lists; a <c>#</c> after white space begins a comment unless a digit follows.</summary>
internal static class LineReader
{
    /// <summary>The words of <paramref name="line"/>.</summary>
    public static List<Word> Words(string line)
    {
        var words = new List<Word>();
        var at = 0;
        while (at < line.Length)
        {
            if (char.IsWhiteSpace(line[at]) || line[at] == '\uFEFF')
            {
                at++;
            }
            else if (line[at] == '#' && !(at + 1 < line.Length && char.IsDigit(line[at + 1])))
            {
                break;
            }
            else if (line[at] == '"')
            {
                var end = line.IndexOf('"', at + 1);
                end = end < 0 ? line.Length : end;
                words.Add(new Word(line.Substring(at + 1, end - at - 1), at, IsQuoted: true));
                at = end + 1;
            }
            else
            {
                var start = at;
                at = EndOfWord(line, at);
                words.Add(new Word(WithoutWhiteSpace(line.Substring(start, at - start)), start, IsQuoted: false));
            }
        }

        return words;
    }

    private static int EndOfWord(string line, int at)
    {
        var depth = 0;
        while (at < line.Length && (depth > 0 || !char.IsWhiteSpace(line[at])))
        {
            depth += line[at] == '(' ? 1 : line[at] == ')' && depth > 0 ? -1 : 0;
            at++;
        }

        return at;
    }

    private static string WithoutWhiteSpace(string text) =>
        text.Any(char.IsWhiteSpace) ? string.Concat(text.Where(c => !char.IsWhiteSpace(c))) : text;
}
