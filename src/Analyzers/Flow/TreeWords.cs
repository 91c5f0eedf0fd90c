using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Flow;

/// <summary>The identifiers of a source text, as hashes with positions: read once from the text, without a syntax node. Immutable.</summary>
internal sealed class TreeWords
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeWords> Known = new();
    private readonly int[] _hashes;
    private readonly int[] _positions;
    private readonly HashSet<int> _set;
    private readonly List<int> _addresses = new();

    public TreeWords(SourceText text)
    {
        var hashes = new List<int>();
        var positions = new List<int>();
        var buffer = new char[4096];
        var hash = 0;
        var start = -1;
        var ampersands = 0;
        var onStack = HashOf("stackalloc");
        var pinned = HashOf("fixed");
        for (var offset = 0; offset < text.Length; offset += buffer.Length)
        {
            var count = Math.Min(buffer.Length, text.Length - offset);
            text.CopyTo(offset, buffer, 0, count);
            for (var i = 0; i < count; i++)
            {
                var c = buffer[i];
                if (c == '&')
                {
                    ampersands++;
                }
                else if (ampersands > 0)
                {
                    if (ampersands == 1)
                    {
                        _addresses.Add(offset + i - 1);
                    }

                    ampersands = 0;
                }

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
                    hashes.Add(hash);
                    positions.Add(start);
                    if (hash == onStack || hash == pinned)
                    {
                        _addresses.Add(start);
                    }

                    start = -1;
                }
            }
        }

        if (start >= 0)
        {
            hashes.Add(hash);
            positions.Add(start);
        }

        _addresses.Sort();
        _hashes = hashes.ToArray();
        _positions = positions.ToArray();
        _set = new HashSet<int>(_hashes);
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
    public bool Mentions(string word) => _set.Contains(HashOf(word));

    /// <summary>Whether the text has one of the words. A hash may be shared by two words: yes can be wrong, no cannot.</summary>
    public bool MentionsAny(HashSet<string> words)
    {
        foreach (var word in words)
        {
            if (_set.Contains(HashOf(word)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the words stand.</summary>
    public List<int> PositionsOf(HashSet<string> words)
    {
        var wanted = HashesOf(words);
        var found = new List<int>();
        for (var i = 0; i < _hashes.Length; i++)
        {
            if (wanted.Contains(_hashes[i]))
            {
                found.Add(_positions[i]);
            }
        }

        return found;
    }

    /// <summary>Whether something in <paramref name="span"/> may take an address: <c>stackalloc</c>, <c>fixed</c>, a single <c>&amp;</c>. Yes can be wrong, no cannot.</summary>
    public bool MayTakeAddressIn(TextSpan span)
    {
        var found = _addresses.BinarySearch(span.Start);
        return found >= 0 || (~found < _addresses.Count && _addresses[~found] < span.End);
    }

    private static HashSet<int> HashesOf(HashSet<string> words)
    {
        var hashes = new HashSet<int>();
        foreach (var word in words)
        {
            hashes.Add(HashOf(word));
        }

        return hashes;
    }

    private static int HashOf(string word)
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
