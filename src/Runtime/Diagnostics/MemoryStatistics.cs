namespace LifetimeAnalyzers;

/// <summary>
/// Calls and bytes per function, as counted while <see cref="RequestScopeOptions.CollectStatistics"/> is on. A snapshot:
/// it does not change any more.
/// </summary>
public sealed class MemoryStatistics
{
    private readonly long[] _counts;
    private readonly long[] _amounts;

    internal MemoryStatistics(long[] counts, long[] amounts, long texts)
    {
        _counts = counts;
        _amounts = amounts;
        TextCount = texts;
    }

    /// <summary>How many of the calls of <c>Emalloc</c> copied a text (<c>Heap.EmallocUtf8</c>).</summary>
    public long TextCount { get; }

    /// <summary>Number of calls of <paramref name="function"/> that succeeded.</summary>
    public long Count(MemoryFunction function) => _counts[(int)function];

    /// <summary>Bytes that went through <paramref name="function"/>: as asked for when allocating, as the blocks could hold when releasing.</summary>
    public long Amount(MemoryFunction function) => _amounts[(int)function];

    /// <summary>The same under the names that mysqlnd gives them, such as <c>mem_emalloc_count</c> and <c>mem_efree_amount</c>.</summary>
    public IReadOnlyDictionary<string, long> ToMysqlndNames()
    {
        var all = new Dictionary<string, long>((_counts.Length * 2) + 4, StringComparer.Ordinal);
        for (int i = 0; i < _counts.Length; i++)
        {
            string name = ((MemoryFunction)i).ToString().ToLowerInvariant();
            all[$"mem_{name}_count"] = _counts[i];
            all[$"mem_{name}_amount"] = _amounts[i];
        }

        // Ours is the one that is given the length; there is none for process memory.
        all["mem_estrndup_count"] = TextCount;
        all["mem_estrdup_count"] = all["mem_strdup_count"] = all["mem_strndup_count"] = 0;
        return all;
    }
}
