using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Candidates;

/// <summary>How a word stands in the text.</summary>
[Flags]
internal enum WordShapes : byte
{
    /// <summary>Followed by an argument list with something in it.</summary>
    CallWithArguments = 1,

    /// <summary>Followed by an empty argument list.</summary>
    CallWithoutArguments = 2,

    /// <summary>Not followed by an argument list.</summary>
    NoCall = 4,

    /// <summary>Made with <c>new</c>.</summary>
    Creation = 8,

    /// <summary>Followed by an argument list.</summary>
    Call = CallWithArguments | CallWithoutArguments,

    /// <summary>However it stands.</summary>
    Any = Call | NoCall | Creation,
}

/// <summary>
/// The words of a source text, as hashes with positions: read once from the text, without a syntax node. A hash may be
/// shared by two words: a mention too many is possible, none is missing. Immutable.
/// </summary>
internal sealed class TreeWords
{
    private const int FilterBits = 1 << 14;

    /// <summary>The characters of type arguments that are looked through for their beginning.</summary>
    private const int MaxTypeArguments = 256;
    private static readonly ConditionalWeakTable<SyntaxTree, TreeWords> Known = new();
    private readonly SourceText _text;
    private readonly int[] _hashes;
    private readonly int[] _positions;
    private readonly ulong[] _filter = new ulong[FilterBits / 64];

    public TreeWords(SourceText text)
    {
        _text = text;
        var hashes = new List<int>(text.Length / 8);
        var positions = new List<int>(text.Length / 8);
        var buffer = new char[4096];
        var hash = 0;
        var start = -1;
        for (var offset = 0; offset < text.Length; offset += buffer.Length)
        {
            var count = Math.Min(buffer.Length, text.Length - offset);
            text.CopyTo(offset, buffer, 0, count);
            for (var i = 0; i < count; i++)
            {
                var c = buffer[i];
                if (IsWordCharacter(c))
                {
                    if (start < 0)
                    {
                        start = offset + i;
                        hash = 17;
                    }

                    hash = unchecked((hash * 31) + c);
                }
                else if (start >= 0)
                {
                    Add(hash, start);
                    start = -1;
                }
            }
        }

        if (start >= 0)
        {
            Add(hash, start);
        }

        _hashes = hashes.ToArray();
        _positions = positions.ToArray();

        void Add(int word, int position)
        {
            hashes.Add(word);
            positions.Add(position);
            _filter[Slot(word) >> 6] |= 1UL << (Slot(word) & 63);
        }
    }

    /// <summary>The words of a tree; read once, kept as long as the tree lives.</summary>
    public static TreeWords Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(tree, out var known))
        {
            return known;
        }

        var words = new TreeWords(tree.GetText(cancellationToken));
        return Known.GetValue(tree, _ => words);
    }

    /// <summary>Whether the text has the word.</summary>
    public bool Mentions(string word) => Mentions(HashOf(word));

    /// <summary>The same of a word with this <see cref="HashOf"/>.</summary>
    public bool Mentions(int hash) => IndexOf(hash, 0) >= 0;

    /// <summary>Adds the positions at which <paramref name="word"/> stands in one of the shapes.</summary>
    public void AddPositions(string word, WordShapes shapes, List<int> positions) => AddPositions(HashOf(word), shapes, positions);

    /// <summary>The same of a word with this <see cref="HashOf"/>.</summary>
    public void AddPositions(int hash, WordShapes shapes, List<int> positions)
    {
        for (var i = IndexOf(hash, 0); i >= 0; i = IndexOf(hash, i + 1))
        {
            if (shapes == WordShapes.Any || (ShapeAt(i) & shapes) != 0)
            {
                positions.Add(_positions[i]);
            }
        }
    }

    /// <summary>The same; only where <paramref name="canBeBehind"/>, when it is given, accepts what stands in front of the dot in front: see <see cref="QualifierAt"/>.</summary>
    public void AddPositions(string word, WordShapes shapes, Func<string?, int, bool>? canBeBehind, List<int> positions)
    {
        var first = positions.Count;
        AddPositions(word, shapes, positions);
        if (canBeBehind is null)
        {
            return;
        }

        var kept = first;
        for (var i = first; i < positions.Count; i++)
        {
            if (canBeBehind(QualifierAt(positions[i]) ?? (IsInPattern(positions[i] + word.Length) ? "" : null), positions[i]))
            {
                positions[kept++] = positions[i];
            }
        }

        positions.RemoveRange(kept, positions.Count - kept);
    }

    /// <summary>The name in front of the dot in front of a position; empty when that is no name, null when there is no dot.</summary>
    private string? QualifierAt(int position)
    {
        var i = SkipSpaceBack(position - 1);
        if (i < 0 || _text[i] != '.')
        {
            return null;
        }

        i = SkipSpaceBack(i - 1);
        if (i >= 0 && _text[i] == '>')
        {
            // type arguments; in a comment, or behind 'x >', there may be no beginning
            var last = Math.Max(0, i - MaxTypeArguments);
            for (var depth = 0; i >= last; i--)
            {
                depth += _text[i] == '>' ? 1 : _text[i] == '<' ? -1 : 0;
                if (depth == 0)
                {
                    break;
                }
            }

            i = i < last ? -1 : SkipSpaceBack(i - 1);
        }

        var end = i + 1;
        while (i >= 0 && IsWordCharacter(_text[i]))
        {
            i--;
        }

        return _text.ToString(TextSpan.FromBounds(i + 1, Math.Max(end, i + 1)));
    }

    /// <summary>Whether a name that ends at a position is that of a member in a pattern, of whatever object.</summary>
    private bool IsInPattern(int end)
    {
        var next = SkipSpace(end);
        return next < _text.Length && _text[next] == ':';
    }

    private int SkipSpaceBack(int position)
    {
        while (position >= 0 && char.IsWhiteSpace(_text[position]))
        {
            position--;
        }

        return position;
    }

    /// <summary>Whether <paramref name="word"/> stands in one of the shapes within <paramref name="span"/>.</summary>
    public bool MentionsIn(TextSpan span, string word, WordShapes shapes)
    {
        var hash = HashOf(word);
        var end = FirstFrom(span.End);
        for (var i = IndexOf(hash, FirstFrom(span.Start), end); i >= 0; i = IndexOf(hash, i + 1, end))
        {
            if (shapes == WordShapes.Any || (ShapeAt(i) & shapes) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a variable of the type is declared in <paramref name="span"/> that is given no value there.</summary>
    public bool DeclaresIn(TextSpan span, string type)
    {
        var hash = HashOf(type);
        var end = FirstFrom(span.End);
        for (var i = IndexOf(hash, FirstFrom(span.Start), end); i >= 0; i = IndexOf(hash, i + 1, end))
        {
            if (i + 1 < end && SkipSpace(_positions[i] + type.Length) == _positions[i + 1] && SkipSpace(EndOfWord(i + 1)) is var next && next < _text.Length && _text[next] is ';' or ',')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether <c>this</c> stands in <paramref name="span"/> for the object itself, not in front of one of its members.</summary>
    public bool HandsOutSelfIn(TextSpan span)
    {
        var hash = HashOf("this");
        var end = FirstFrom(span.End);
        for (var i = IndexOf(hash, FirstFrom(span.Start), end); i >= 0; i = IndexOf(hash, i + 1, end))
        {
            var next = SkipSpace(_positions[i] + 4);
            if (next >= _text.Length || _text[next] is not ('.' or '['))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether something in <paramref name="span"/> may take an address: <c>stackalloc</c>, <c>fixed</c>, a single <c>&amp;</c>. Yes can be wrong, no cannot.</summary>
    public bool MayTakeAddressIn(TextSpan span)
    {
        if (MentionsIn(span, "stackalloc", WordShapes.Any) || MentionsIn(span, "fixed", WordShapes.Any))
        {
            return true;
        }

        for (var i = span.Start; i < span.End; i++)
        {
            if (_text[i] == '&' && (i == 0 || _text[i - 1] != '&') && (i + 1 >= _text.Length || _text[i + 1] != '&'))
            {
                return true;
            }
        }

        return false;
    }

    private int FirstFrom(int position)
    {
        var index = Array.BinarySearch(_positions, position);
        return index < 0 ? ~index : index;
    }

    private int IndexOf(int hash, int from) => IndexOf(hash, from, _hashes.Length);

    private int IndexOf(int hash, int from, int end) =>
        (_filter[Slot(hash) >> 6] & (1UL << (Slot(hash) & 63))) == 0 || from >= end ? -1 : Array.IndexOf(_hashes, hash, from, end - from);

    private WordShapes ShapeAt(int index) => AfterNew(_positions[index]) | ShapeBefore(SkipSpace(EndOfWord(index)));

    private int EndOfWord(int index)
    {
        var end = _positions[index];
        while (end < _text.Length && IsWordCharacter(_text[end]))
        {
            end++;
        }

        return end;
    }

    private WordShapes ShapeBefore(int next)
    {
        switch (next < _text.Length ? _text[next] : ' ')
        {
            case '(':
                var inside = SkipSpace(next + 1);
                return inside < _text.Length && _text[inside] == ')' ? WordShapes.CallWithoutArguments : WordShapes.CallWithArguments;
            case '<':
                // type arguments, of a call or of a type
                return WordShapes.Call | WordShapes.NoCall;
            default:
                return WordShapes.NoCall;
        }
    }

    /// <summary>Whether the name that ends with this word follows <c>new</c>.</summary>
    private WordShapes AfterNew(int start)
    {
        var i = start - 1;
        while (i >= 0 && (char.IsWhiteSpace(_text[i]) || _text[i] is '.' or ':'))
        {
            var wasSpace = char.IsWhiteSpace(_text[i]);
            i--;
            while (!wasSpace && i >= 0 && IsWordCharacter(_text[i]))
            {
                i--;
            }
        }

        return i >= 2 && i < start - 1 && _text[i] == 'w' && _text[i - 1] == 'e' && _text[i - 2] == 'n' && (i == 2 || !IsWordCharacter(_text[i - 3])) ? WordShapes.Creation : 0;
    }

    private int SkipSpace(int position)
    {
        while (position < _text.Length && char.IsWhiteSpace(_text[position]))
        {
            position++;
        }

        return position;
    }

    private static int Slot(int hash) => (int)((uint)(hash * -1640531527) >> 18);

    /// <summary>What stands for a word here.</summary>
    public static int HashOf(string word)
    {
        var hash = 17;
        foreach (var c in word)
        {
            hash = unchecked((hash * 31) + c);
        }

        return hash;
    }

    private static bool IsWordCharacter(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' || (c > 127 && char.IsLetterOrDigit(c));
}
