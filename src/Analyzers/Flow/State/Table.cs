using System.Collections;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>
/// An immutable table for the few dozen entries that a state has: one sorted array, copied at each change, which for this
/// size is faster to change and far faster to walk than a tree. Walked in the order of the keys' hashes, which have to be
/// the same in every run.
/// </summary>
internal sealed class Table<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : class
{
    /// <summary>The table without entries.</summary>
    public static readonly Table<TKey, TValue> Empty = new([], []);

    private readonly int[] _hashes;
    private readonly KeyValuePair<TKey, TValue>[] _entries;

    private Table(int[] hashes, KeyValuePair<TKey, TValue>[] entries)
    {
        _hashes = hashes;
        _entries = entries;
    }

    public int Count => _entries.Length;

    public bool IsEmpty => _entries.Length == 0;

    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException();

    /// <summary>The entry at a position.</summary>
    public KeyValuePair<TKey, TValue> At(int index) => _entries[index];

    public bool ContainsKey(TKey key) => Find(key, key.GetHashCode()) >= 0;

    public bool TryGetValue(TKey key, out TValue value)
    {
        var index = Find(key, key.GetHashCode());
        if (index < 0)
        {
            value = default!;
            return false;
        }

        value = _entries[index].Value;
        return true;
    }

    public Table<TKey, TValue> Add(TKey key, TValue value) => SetItem(key, value);

    /// <summary>The table with the entry; the same table when it has it already.</summary>
    public Table<TKey, TValue> SetItem(TKey key, TValue value)
    {
        var hash = key.GetHashCode();
        var index = Find(key, hash);
        if (index >= 0)
        {
            if (EqualityComparer<TValue>.Default.Equals(_entries[index].Value, value))
            {
                return this;
            }

            var changed = (KeyValuePair<TKey, TValue>[])_entries.Clone();
            changed[index] = new KeyValuePair<TKey, TValue>(key, value);
            return new Table<TKey, TValue>(_hashes, changed);
        }

        index = ~index;
        var hashes = new int[_hashes.Length + 1];
        var entries = new KeyValuePair<TKey, TValue>[_entries.Length + 1];
        Array.Copy(_hashes, hashes, index);
        Array.Copy(_entries, entries, index);
        hashes[index] = hash;
        entries[index] = new KeyValuePair<TKey, TValue>(key, value);
        Array.Copy(_hashes, index, hashes, index + 1, _hashes.Length - index);
        Array.Copy(_entries, index, entries, index + 1, _entries.Length - index);
        return new Table<TKey, TValue>(hashes, entries);
    }

    /// <summary>The table without the entry; the same table when it has none.</summary>
    public Table<TKey, TValue> Remove(TKey key)
    {
        var index = Find(key, key.GetHashCode());
        if (index < 0)
        {
            return this;
        }

        if (_entries.Length == 1)
        {
            return Empty;
        }

        var hashes = new int[_hashes.Length - 1];
        var entries = new KeyValuePair<TKey, TValue>[_entries.Length - 1];
        Array.Copy(_hashes, hashes, index);
        Array.Copy(_entries, entries, index);
        Array.Copy(_hashes, index + 1, hashes, index, hashes.Length - index);
        Array.Copy(_entries, index + 1, entries, index, entries.Length - index);
        return new Table<TKey, TValue>(hashes, entries);
    }

    /// <summary>The table without the entries that <paramref name="isGone"/> names; the same table when there are none.</summary>
    public Table<TKey, TValue> RemoveAll(Func<KeyValuePair<TKey, TValue>, bool> isGone) => RemoveAll(isGone, static (entry, isGone) => isGone(entry));

    /// <summary>The same; the argument is handed over so that the test needs no closure.</summary>
    public Table<TKey, TValue> RemoveAll<T>(T argument, Func<KeyValuePair<TKey, TValue>, T, bool> isGone)
    {
        // mostly there are none: nothing is allocated until one is found
        var first = 0;
        while (first < _entries.Length && !isGone(_entries[first], argument))
        {
            first++;
        }

        if (first == _entries.Length)
        {
            return this;
        }

        var kept = first;
        var hashes = new int[_entries.Length - 1];
        var entries = new KeyValuePair<TKey, TValue>[_entries.Length - 1];
        Array.Copy(_hashes, hashes, first);
        Array.Copy(_entries, entries, first);
        for (var i = first + 1; i < _entries.Length; i++)
        {
            if (!isGone(_entries[i], argument))
            {
                hashes[kept] = _hashes[i];
                entries[kept++] = _entries[i];
            }
        }

        Array.Resize(ref hashes, kept);
        Array.Resize(ref entries, kept);
        return kept == 0 ? Empty : new Table<TKey, TValue>(hashes, entries);
    }

    public Enumerator GetEnumerator() => new(_entries);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <summary>The position of the key, or the complement of the position where it belongs.</summary>
    private int Find(TKey key, int hash)
    {
        int low = 0, high = _hashes.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (_hashes[middle] < hash)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        for (; low < _hashes.Length && _hashes[low] == hash; low++)
        {
            if (ReferenceEquals(_entries[low].Key, key) || _entries[low].Key.Equals(key))
            {
                return low;
            }
        }

        return ~low;
    }

    /// <summary>Walks the entries without a heap allocation.</summary>
    public struct Enumerator
    {
        private readonly KeyValuePair<TKey, TValue>[] _entries;
        private int _index;

        internal Enumerator(KeyValuePair<TKey, TValue>[] entries)
        {
            _entries = entries;
            _index = -1;
        }

        public readonly KeyValuePair<TKey, TValue> Current => _entries[_index];

        public bool MoveNext() => ++_index < _entries.Length;
    }
}
