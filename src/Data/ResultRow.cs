namespace LifetimeAnalyzers.Data;

/// <summary>
/// A row of a result set: a view. Valid while the set is, in an unbuffered one until the next row is read; after that its
/// members throw. To keep a cell longer, <see cref="Keep(int)"/> it.
/// </summary>
public readonly struct ResultRow
{
    private readonly nint _row;
    private readonly int _generation;

    internal ResultRow(ResultSet set, nint row, int generation)
    {
        Set = set;
        _row = row;
        _generation = generation;
    }

    /// <summary>The set that the row belongs to.</summary>
    public ResultSet Set { get; }

    private nint Row
    {
        get
        {
            Set.RequireRow(_generation);
            return _row;
        }
    }

    /// <summary>Whether the cell has no value.</summary>
    public bool IsNull(int column) => Kind(column) is CellKind.Null;

    /// <summary>What the cell holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public CellKind Kind(int column) => RowLayout.Kind(Row, Set.Columns.Count, Set.RequireColumn(column));

    /// <summary>The cell's bytes where they lie, in request memory: not to be kept longer than the row. Text is UTF-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ReadOnlySpan<byte> Bytes(int column) => RowLayout.Bytes(Row, Set.Columns.Count, Set.RequireColumn(column));

    /// <summary>The cell as a whole number.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public long GetInt64(int column) => CellValue.Integer(Kind(column), Bytes(column));

    /// <summary>The cell as a floating-point number.</summary>
    /// <exception cref="InvalidCastException">It is no number.</exception>
    public double GetDouble(int column) => CellValue.Real(Kind(column), Bytes(column));

    /// <summary>The cell as a decimal number.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public decimal GetDecimal(int column) => CellValue.Decimal(Kind(column), Bytes(column));

    /// <summary>The cell as a point in time.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public DateTime GetDateTime(int column) => CellValue.Time(Kind(column), Bytes(column));

    /// <summary>The cell as a GUID.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public Guid GetGuid(int column) => CellValue.Identifier(Kind(column), Bytes(column));

    /// <summary>The cell as text in managed memory; null for null.</summary>
    /// <exception cref="InvalidCastException">It holds bytes.</exception>
    public string? GetString(int column) => CellValue.Text(Kind(column), Bytes(column));

    /// <summary>Keeps the cell beyond its row and its set, until it is disposed or the request scope ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public KeptCell Keep(int column) => Set.Keep(Row, Set.RequireColumn(column));
}
