using System.Data.Common;

namespace LifetimeAnalyzers.Data;

/// <summary>
/// Rows of a database reader in request memory: stored once, looked at in place. Freed by <see cref="Dispose"/>
/// (explicitly) or with its request scope (implicitly). Not thread-safe.
/// </summary>
public abstract class ResultSet : IDisposable
{
    private readonly HashSet<KeptCell> _kept = [];
    private bool _freed;

    private protected ResultSet(DbDataReader reader, ResultSetOptions? options)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Options = options ?? new ResultSetOptions();
        Scope = Options.Scope ?? RequestScope.Required;
        Reader = reader;
        Columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        Encoder = new RowEncoder(Columns.Count);
        Scope.RegisterCleanup(static set => set.Free(explicitly: false), this);
    }

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What happened to the rows of this set so far.</summary>
    public ResultSetStatistics Statistics { get; } = new();

    private protected ResultSetOptions Options { get; }

    private protected RequestScope Scope { get; }

    private protected DbDataReader Reader { get; }

    private protected RowEncoder Encoder { get; }

    /// <summary>Frees the rows. Kept cells stay: they get copies. A second call does nothing.</summary>
    /// <exception cref="MemoryLimitExceededException">There is no memory for a kept cell's copy; nothing is freed.</exception>
    public void Dispose()
    {
        Free(explicitly: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The position of a column, by exact name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public int Ordinal(string name)
    {
        for (int column = 0; column < Columns.Count; column++)
        {
            if (Columns[column] == name)
            {
                return column;
            }
        }

        throw new ArgumentException($"The result set has no column '{name}'; it has {string.Join(", ", Columns)}.", nameof(name));
    }

    internal int RequireColumn(int column) => (uint)column < (uint)Columns.Count
        ? column
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"The result set has {Columns.Count} columns.");

    /// <summary>Throws unless a row handed out in <paramref name="generation"/> may still be read.</summary>
    internal virtual void RequireRow(int generation)
    {
        if (Scope.IsEnded)
        {
            throw new RequestScopeEndedException(Scope.Name);
        }

        ObjectDisposedException.ThrowIf(_freed, this);
    }

    internal KeptCell Keep(nint row, int column)
    {
        KeptCell cell = new(this, Scope, RowLayout.Kind(row, Columns.Count, column), RowLayout.Bytes(row, Columns.Count, column));
        if (Options.FetchMode is FetchMode.Copy)
        {
            cell.Detach();
            CountCopy();
        }
        else
        {
            _kept.Add(cell);
        }

        return cell;
    }

    internal void Forget(KeptCell cell) => _kept.Remove(cell);

    internal void CountCopy() => Statistics.Add(ResultSetEvent.CopyPerformed);

    /// <summary>Counts a row that is handed out for the first time.</summary>
    private protected void CountRead(nint row)
    {
        if (RowLayout.MarkRead(row))
        {
            Statistics.Add(ResultSetEvent.RowRead);
        }
    }

    /// <summary>Gives kept cells bytes of their own, because <paramref name="rows"/> rows go.</summary>
    private protected void DetachKept(long rows)
    {
        long copied = _kept.Count;
        foreach (KeptCell cell in _kept)
        {
            cell.Detach();
        }

        _kept.Clear();
        Statistics.Add(ResultSetEvent.CopyPerformed, copied);
        Statistics.Add(ResultSetEvent.CopySaved, rows * Columns.Count - copied);
    }

    /// <summary>Releases the rows; the memory itself only when it does not end with the scope anyway.</summary>
    private protected abstract void FreeRows(bool explicitly);

    private void Free(bool explicitly)
    {
        if (_freed)
        {
            return;
        }

        FreeRows(explicitly);
        _freed = true;
        Statistics.Add(explicitly ? ResultSetEvent.ExplicitFree : ResultSetEvent.ImplicitFree);
    }
}
