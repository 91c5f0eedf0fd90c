using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace LifetimeAnalyzers.Data;

/// <summary>Rows of a reader's current result, one at a time in the same memory: a row is valid until the next is read.</summary>
public sealed class UnbufferedResultSet : ResultSet
{
    private nint _row;
    private int _capacity;
    private int _generation;
    private bool _atEnd;

    /// <summary>Takes over a reader.</summary>
    /// <param name="reader">Positioned before the first row. Disposed of with the set, unless the options say otherwise.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <exception cref="NoRequestScopeException">No scope is open, and the options name none.</exception>
    public UnbufferedResultSet(DbDataReader reader, ResultSetOptions? options = null)
        : base(reader, options)
    {
    }

    /// <summary>The rows read so far; the number of rows of the result once there is no more.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Reads the next row into the memory of the last one; kept cells of the last one get copies.</summary>
    /// <exception cref="MemoryLimitExceededException">The row does not fit the request's memory.</exception>
    /// <exception cref="ObjectDisposedException">The set is freed, or its request scope has ended.</exception>
    public bool Read(out ResultRow row)
    {
        RequireRow(_generation);
        return Take(!_atEnd && Reader.Read(), out row);
    }

    /// <summary>Reads the next row as <see cref="Read"/> does, awaiting the database; null when there is none.</summary>
    /// <exception cref="MemoryLimitExceededException">The row does not fit the request's memory.</exception>
    /// <exception cref="ObjectDisposedException">The set is freed, or its request scope has ended.</exception>
    public async ValueTask<ResultRow?> ReadAsync(CancellationToken cancellation = default)
    {
        RequireRow(_generation);
        bool more = !_atEnd && await Reader.ReadAsync(cancellation).ConfigureAwait(false);
        return Take(more, out ResultRow row) ? row : null;
    }

    internal override void RequireRow(int generation)
    {
        base.RequireRow(generation);
        if (generation != _generation)
        {
            throw new InvalidOperationException("This row of an unbuffered result set is gone: it is valid until the next one is read. Keep the cells that are needed longer, or fetch the result buffered.");
        }
    }

    private protected override void FreeRows(bool explicitly)
    {
        if (explicitly)
        {
            DetachKept(_generation > 0 && !_atEnd ? 1 : 0);
            Scope.Efree(_row);
        }

        if (!_atEnd)
        {
            Statistics.Add(ResultSetEvent.SetFlushed);
        }

        if (!Options.LeaveReaderOpen)
        {
            // Closing reads over what nobody wanted, so that the connection is free for the next command.
            Reader.Dispose();
        }
    }

    private unsafe bool Take(bool more, [NotNullWhen(true)] out ResultRow row)
    {
        if (_generation > 0 && !_atEnd)
        {
            DetachKept(1);
        }

        _generation++;
        row = default;
        if (!more)
        {
            _atEnd = true;
            return false;
        }

        ReadOnlySpan<byte> encoded = Encoder.Encode(Reader);
        if (encoded.Length > _capacity)
        {
            int capacity = Math.Max(encoded.Length, 2 * Math.Min(_capacity, int.MaxValue / 2));
            Scope.Efree(_row);
            (_row, _capacity) = (0, 0);
            _row = Scope.Emalloc(capacity);
            _capacity = capacity;
        }

        encoded.CopyTo(new Span<byte>((void*)_row, _capacity));
        RowsRead++;
        CountRead(_row);
        row = new ResultRow(this, _row, _generation);
        return true;
    }
}
