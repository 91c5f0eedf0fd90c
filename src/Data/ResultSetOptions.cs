namespace LifetimeAnalyzers.Data;

/// <summary>How a result set is read.</summary>
public sealed class ResultSetOptions
{
    /// <summary>The scope whose memory holds the rows; null for the current one.</summary>
    public RequestScope? Scope { get; set; }

    /// <summary>Whether a cell that is kept refers to the row, or is copied at once. Default: it refers.</summary>
    public FetchMode FetchMode { get; set; }

    /// <summary>Whether the reader stays open after its rows are read, for instance for <c>NextResult</c>. Default: it is disposed.</summary>
    public bool LeaveReaderOpen { get; set; }
}

/// <summary>What a kept cell is.</summary>
public enum FetchMode
{
    /// <summary>A reference to the row, copied only when the row goes first, or when the cell is written to.</summary>
    View,

    /// <summary>A copy from the start.</summary>
    Copy,
}
