namespace LifetimeAnalyzers.Data;

/// <summary>
/// A cell that outlives its row. It refers to the row's bytes until the row goes, or until it is written to; then it has
/// bytes of its own. Not thread-safe; it ends with its request scope at the latest.
/// </summary>
public sealed unsafe class KeptCell : IDisposable
{
    private readonly RequestScope _scope;
    private ResultSet? _set;
    private nint _bytes;
    private int _length;
    private bool _own;
    private bool _disposed;

    internal KeptCell(ResultSet set, RequestScope scope, CellKind kind, ReadOnlySpan<byte> bytes)
    {
        _set = set;
        _scope = scope;
        Kind = kind;
        fixed (byte* first = bytes)
        {
            // Request memory does not move.
            _bytes = (nint)first;
        }

        _length = bytes.Length;
    }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind { get; private set; }

    /// <summary>Whether the cell has bytes of its own, rather than the row's.</summary>
    public bool IsCopy => _own;

    /// <summary>The cell's bytes.</summary>
    /// <exception cref="ObjectDisposedException">The cell is disposed of, or its request scope has ended.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _scope.IsEnded ? throw new RequestScopeEndedException(_scope.Name) : new ReadOnlySpan<byte>((void*)_bytes, _length);
        }
    }

    /// <summary>The cell as text in managed memory; null for null.</summary>
    /// <exception cref="ObjectDisposedException">The cell is disposed of, or its request scope has ended.</exception>
    public string? GetString() => CellValue.Text(Kind, Bytes);

    /// <summary>The cell as a whole number.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    /// <exception cref="ObjectDisposedException">The cell is disposed of, or its request scope has ended.</exception>
    public long GetInt64() => CellValue.Integer(Kind, Bytes);

    /// <summary>Gives the cell other bytes. The row, and everybody else who looks at it, keeps the old ones.</summary>
    /// <exception cref="MemoryLimitExceededException">The request has no memory left for them; the cell is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The cell is disposed of, or its request scope has ended.</exception>
    public void Write(CellKind kind, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        nint own = CopyOf(bytes);
        bool shared = !_own;
        Release();
        (_bytes, _length, _own, Kind) = (own, bytes.Length, true, kind);
        if (shared)
        {
            Leave()?.CountCopy();
        }
    }

    /// <summary>Lets go of the cell, and of its bytes if they are its own.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Leave();
            Release();
        }
    }

    /// <summary>Takes a copy of the bytes, because the row goes.</summary>
    internal void Detach()
    {
        _bytes = CopyOf(Bytes);
        _own = true;
        _set = null;
    }

    private nint CopyOf(ReadOnlySpan<byte> bytes)
    {
        nint copy = _scope.Emalloc(bytes.Length);
        bytes.CopyTo(new Span<byte>((void*)copy, bytes.Length));
        return copy;
    }

    private ResultSet? Leave()
    {
        ResultSet? set = _set;
        _set = null;
        set?.Forget(this);
        return set;
    }

    private void Release()
    {
        if (_own && !_scope.IsEnded)
        {
            _scope.Efree(_bytes);
        }

        _own = false;
    }
}
