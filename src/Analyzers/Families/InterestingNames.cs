using System.Collections;

namespace LifetimeAnalyzers.Families;

/// <summary>The simple names of the members that allocate and of those that release. Not changed once it is complete.</summary>
internal sealed class InterestingNames : IReadOnlyCollection<string>
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly List<UsePair> _used = [];

    /// <summary>The names of members that give a block; of a constructor, the name of its type.</summary>
    public HashSet<string> Giving { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of members that release a block.</summary>
    public HashSet<string> Releasing { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _all.Count;

    /// <summary>Adds the name of a member of which a statement of this kind is made.</summary>
    public void Add(string name, StatementKind kind)
    {
        _all.Add(name);
        if (kind is StatementKind.Allocates or StatementKind.Reallocates)
        {
            Giving.Add(name);
        }

        if (kind is not StatementKind.Allocates)
        {
            Releasing.Add(name);
        }
    }

    /// <summary>Adds the names of two functions that the source uses as a pair. The names are the same as others only if the pairs are.</summary>
    public void Add(UsePair pair)
    {
        _used.Add(pair);
        Add(pair.Giving, StatementKind.Allocates);
        Add(pair.Releasing, StatementKind.Releases);
    }

    /// <summary>Adds all names of <paramref name="other"/>.</summary>
    public void UnionWith(InterestingNames other)
    {
        _used.AddRange(other._used);
        _all.UnionWith(other._all);
        Giving.UnionWith(other.Giving);
        Releasing.UnionWith(other.Releasing);
    }

    /// <summary>Whether the names are the same.</summary>
    public bool IsSame(InterestingNames other) =>
        this == other || (_used.SequenceEqual(other._used) && _all.SetEquals(other._all) && Giving.SetEquals(other.Giving) && Releasing.SetEquals(other.Releasing));

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
