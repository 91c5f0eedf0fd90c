using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>What the name of a native function says about it.</summary>
internal enum NameRole
{
    /// <summary>It gives something.</summary>
    Gives,

    /// <summary>It releases what another has given.</summary>
    Releases,

    /// <summary>It counts one holder more of what another has given.</summary>
    Counts,

    /// <summary>It gives another one for what another has given.</summary>
    Resizes,
}

/// <summary>One way to read a name: <c>foo_ctx_new_with_size</c> gives, by the word <c>new</c>, a <c>foo ctx</c>.</summary>
internal readonly record struct NameReading(NameRole Role, string Verb, string Resource);

/// <summary>Reads the names of native functions by the words of the tables. Immutable.</summary>
internal sealed class NameReader
{
    private readonly ImmutableDictionary<string, ImmutableArray<string>> _releasesOf;
    private readonly ImmutableHashSet<string> _releasing;
    private readonly ImmutableHashSet<string> _counting;
    private readonly ImmutableHashSet<string> _single;
    private readonly ImmutableHashSet<string> _resizing;
    private readonly ImmutableHashSet<string> _aside;
    private readonly ImmutableHashSet<string> _manner;

    public NameReader(IEnumerable<PairWords> lines)
    {
        var releases = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var counting = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var single = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var resizing = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var aside = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var manner = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            foreach (var word in line.Words)
            {
                switch (line.Kind)
                {
                    case PairWordsKind.Counting:
                        counting.Add(word);
                        break;
                    case PairWordsKind.Uncounting:
                        single.Add(word);
                        break;
                    case PairWordsKind.Resizing:
                        resizing.Add(word);
                        break;
                    case PairWordsKind.Aside:
                        aside.Add(word);
                        break;
                    case PairWordsKind.Last:
                        manner.Add(word);
                        break;
                    default:
                        releases[word] = releases.TryGetValue(word, out var known) ? known.AddRange(line.Releases.Where(release => !known.Contains(release))) : line.Releases;
                        break;
                }
            }
        }

        _releasesOf = releases.ToImmutable();
        _releasing = _releasesOf.Values.SelectMany(words => words).ToImmutableHashSet(StringComparer.Ordinal);
        _counting = counting.ToImmutable();
        _single = single.ToImmutable();
        _resizing = resizing.ToImmutable();
        _aside = aside.ToImmutable();
        _manner = manner.ToImmutable();
    }

    /// <summary>The words that release what <paramref name="giving"/> gives, the best first.</summary>
    public ImmutableArray<string> ReleasesOf(string giving) =>
        _releasesOf.TryGetValue(giving, out var words) ? words : ImmutableArray<string>.Empty;

    /// <summary>Whether the word says that one of several holders releases, and not that the thing is gone.</summary>
    public bool IsOneOfSeveral(string releasing) => _single.Contains(releasing);

    /// <summary>The ways to read <paramref name="name"/>; mostly none.</summary>
    public ImmutableArray<NameReading> Read(string name)
    {
        var words = WordsOf(name);
        var releases = words.FindIndex(word => _releasing.Contains(word) && !IsNoun(words, word));
        var gives = words.FindIndex(_releasesOf.ContainsKey);
        var readings = ImmutableArray.CreateBuilder<NameReading>();
        for (var i = 0; i < words.Count; i++)
        {
            if (IsNoun(words, words[i]))
            {
                continue;
            }

            if (_counting.Contains(words[i]) && releases < 0)
            {
                readings.Add(new(NameRole.Counts, words[i], Resource(words, i)));
            }

            if (_resizing.Contains(words[i]) && releases < 0)
            {
                readings.Add(new(NameRole.Resizes, words[i], Resource(words, i)));
            }

            // 'close_and_open', 'new_free_list': what does both is no half of a pair
            if (_releasing.Contains(words[i]) && gives < 0)
            {
                readings.Add(new(NameRole.Releases, words[i], Resource(words, i)));
            }
            else if (_releasesOf.ContainsKey(words[i]) && releases < 0)
            {
                readings.Add(new(NameRole.Gives, words[i], Resource(words, i)));
            }
        }

        return readings.ToImmutable();
    }

    /// <summary>What is a verb at the end of a name, and a thing within it: <c>git_commit_free</c>, <c>git_reference_lookup</c>.</summary>
    private static bool IsNoun(List<string> words, string word) => word is "commit" or "reference" && words[words.Count - 1] != word && words[0] != word;

    /// <summary>The words without the verb and without those that only tell how.</summary>
    private string Resource(List<string> words, int verb)
    {
        var end = words.Count;
        while (end > verb + 1 && _manner.Contains(words[end - 1]))
        {
            end--;
        }

        for (var i = verb + 1; i < end; i++)
        {
            if (_aside.Contains(words[i]))
            {
                end = i;
            }
        }

        return string.Join(" ", words.Where((_, index) => index != verb && index < end));
    }

    /// <summary>The words of a name in Pascal, camel or snake case, in lower case; without a version at its end.</summary>
    public static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetterOrDigit(name[i]) || (i > start && IsBoundary(name, i));
            if (!ends)
            {
                continue;
            }

            if (i > start)
            {
                words.Add(name.Substring(start, i - start).ToLowerInvariant());
            }

            start = i < name.Length && char.IsLetterOrDigit(name[i]) ? i : i + 1;
        }

        while (words.Count > 1 && IsVersion(words[words.Count - 1]))
        {
            words.RemoveAt(words.Count - 1);
        }

        return words;
    }

    private static bool IsBoundary(string name, int i) =>
        (char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) ||
        (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1])) ||
        (char.IsLetter(name[i]) && char.IsDigit(name[i - 1]));

    /// <summary>What ends a name without telling what is given: <c>2</c> or <c>v2</c>, and the <c>A</c> and <c>W</c> of Windows.</summary>
    private static bool IsVersion(string word) => char.IsDigit(word[0]) || word is "v" or "a" or "w";
}
