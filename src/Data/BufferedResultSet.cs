using System.Collections;
using System.Data.Common;

namespace LifetimeAnalyzers.Data;

/// <summary>All rows of a reader's current result, fetched at once: they can be counted, and read in any order and more than once.</summary>
public sealed class BufferedResultSet : ResultSet, IReadOnlyList<ResultRow>
{
    private const int FirstCapacity = 16;
    private nint _rows;
    private int _capacity;

    private BufferedResultSet(DbDataReader reader, ResultSetOptions? options)
        : base(reader, options)
    {
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>A row, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ObjectDisposedException">The set is freed, or its request scope has ended.</exception>
    public ResultRow this[int index]
    {
        get
        {
            RequireRow(0);
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            nint row = Row(index);
            CountRead(row);
            return new ResultRow(this, row, 0);
        }
    }

    /// <summary>Fetches all rows of the reader's current result into request memory.</summary>
    /// <param name="reader">Positioned before the first row. Disposed of at the end unless the options say otherwise, also on failure, so that the connection is free.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <exception cref="MemoryLimitExceededException">The request may not have that much memory; what was fetched is freed.</exception>
    /// <exception cref="NoRequestScopeException">No scope is open, and the options name none.</exception>
    public static BufferedResultSet Fetch(DbDataReader reader, ResultSetOptions? options = null)
    {
        BufferedResultSet set = new(reader, options);
        bool whole = false;
        try
        {
            while (reader.Read())
            {
                set.Add();
            }

            whole = true;
            return set;
        }
        finally
        {
            set.EndFetch(whole);
        }
    }

    /// <summary>Fetches as <see cref="Fetch"/> does, awaiting the database.</summary>
    /// <param name="reader">As in <see cref="Fetch"/>.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="cancellation">Ends the fetch; what was fetched is freed.</param>
    /// <exception cref="MemoryLimitExceededException">The request may not have that much memory; what was fetched is freed.</exception>
    /// <exception cref="NoRequestScopeException">No scope is open, and the options name none.</exception>
    public static async Task<BufferedResultSet> FetchAsync(DbDataReader reader, ResultSetOptions? options = null, CancellationToken cancellation = default)
    {
        BufferedResultSet set = new(reader, options);
        bool whole = false;
        try
        {
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                set.Add();
            }

            whole = true;
            return set;
        }
        finally
        {
            set.EndFetch(whole);
        }
    }

    /// <summary>Reads the rows from the first to the last.</summary>
    public IEnumerator<ResultRow> GetEnumerator()
    {
        for (int index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected override void FreeRows(bool explicitly)
    {
        if (!explicitly)
        {
            // The scope ends: kept cells end with it, and all memory goes at once.
            return;
        }

        DetachKept(Count);
        for (int index = 0; index < Count; index++)
        {
            Scope.Efree(Row(index));
        }

        Scope.Efree(_rows);
    }

    private unsafe nint Row(int index) => ((nint*)_rows)[index];

    private unsafe void Add()
    {
        ReadOnlySpan<byte> encoded = Encoder.Encode(Reader);
        if (Count == _capacity)
        {
            int capacity = Math.Max(FirstCapacity, 2 * _capacity);
            _rows = Scope.Erealloc(_rows, (long)capacity * sizeof(nint));
            _capacity = capacity;
        }

        nint row = Scope.Emalloc(encoded.Length);
        encoded.CopyTo(new Span<byte>((void*)row, encoded.Length));
        ((nint*)_rows)[Count++] = row;
        Statistics.Add(ResultSetEvent.RowBuffered);
        Statistics.Add(ResultSetEvent.ByteBuffered, encoded.Length);
    }

    private void EndFetch(bool whole)
    {
        if (!whole)
        {
            Dispose();
        }

        if (!whole || !Options.LeaveReaderOpen)
        {
            Reader.Dispose();
        }
    }
}
