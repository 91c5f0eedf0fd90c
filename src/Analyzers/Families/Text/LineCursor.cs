using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>The words of one line as they are read, and where its problems go.</summary>
internal sealed class LineCursor(List<Word> words, string file, int line, ImmutableArray<FileProblem>.Builder problems)
{
    private int _at;

    /// <summary>The file's name.</summary>
    public string File => file;

    /// <summary>The line, from 0.</summary>
    public int Line => line;

    /// <summary>Whether every word is read.</summary>
    public bool IsAtEnd => _at == words.Count;

    /// <summary>The next word; at the end an empty one after the last.</summary>
    public Word Current => _at < words.Count ? words[_at] : new Word("", words[words.Count - 1].Column + words[words.Count - 1].Text.Length, IsQuoted: false);

    /// <summary>The word that was read last.</summary>
    public Word Last => words[Math.Max(0, _at - 1)];

    /// <summary>Reads the next word; at the end an empty one.</summary>
    public Word Next()
    {
        var word = Current;
        _at = Math.Min(_at + 1, words.Count);
        return word;
    }

    /// <summary>Reads the next word if it is <paramref name="text"/>, not in quotes.</summary>
    public bool TryRead(string text)
    {
        if (Current is { IsQuoted: false } word && word.Text == text)
        {
            _at++;
            return true;
        }

        return false;
    }

    /// <summary>Reads a name, quoted or one word that is no member; null with a problem when there is none.</summary>
    public string? Name(string what)
    {
        if (Current.Text.Length > 0 && (Current.IsQuoted || !IsMember))
        {
            return Next().Text;
        }

        Problem(IsAtEnd ? Last : Current, what + " is missing; put it in quotes if it has spaces");
        return null;
    }

    /// <summary>Whether the next word looks like a member: a documentation id or an import.</summary>
    public bool IsMember => Current is { IsQuoted: false, Text: var text }
        && ((text.Length > 1 && text[1] == ':') || text.StartsWith("import:", StringComparison.Ordinal));

    /// <summary>Whether the line ends here; a problem when it goes on.</summary>
    public bool Ends()
    {
        if (!IsAtEnd)
        {
            Problem(Current, $"'{Current.Text}' is not expected here, so the line is ignored");
        }

        return IsAtEnd;
    }

    /// <summary>Notes that <paramref name="word"/> is not understood.</summary>
    public void Problem(Word word, string message) =>
        problems.Add(new FileProblem(line, word.Column, Math.Max(1, word.Text.Length + (word.IsQuoted ? 2 : 0)), message));
}
