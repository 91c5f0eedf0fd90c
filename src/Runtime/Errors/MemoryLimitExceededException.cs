namespace LifetimeAnalyzers;

/// <summary>
/// A request scope was asked for more memory than its limit leaves. The scope, the thread and the process stay usable:
/// release something, or end the scope. Not an <see cref="OutOfMemoryException"/>, so that filters which let that one
/// through do not take the host down.
/// </summary>
public sealed class MemoryLimitExceededException : Exception
{
    /// <summary>Creates the exception with the text that PHP prints.</summary>
    /// <param name="limit">The limit that was hit, in bytes.</param>
    /// <param name="usage">Bytes charged to the limit when it was hit.</param>
    /// <param name="requested">Bytes that the caller asked for.</param>
    /// <param name="file">Source file of the call, or null.</param>
    /// <param name="line">Line of the call, or 0.</param>
    public MemoryLimitExceededException(long limit, long usage, long requested, string? file = null, int line = 0)
        : base($"Allowed memory size of {limit} bytes exhausted (tried to allocate {requested} bytes)")
    {
        Limit = limit;
        Usage = usage;
        Requested = requested;
        File = string.IsNullOrEmpty(file) ? null : file;
        Line = line;
    }

    /// <summary>The limit that was hit, in bytes.</summary>
    public long Limit { get; }

    /// <summary>Bytes that were charged to the limit when it was hit (blocks rounded up to their size class).</summary>
    public long Usage { get; }

    /// <summary>Bytes that the caller asked for, unrounded.</summary>
    public long Requested { get; }

    /// <summary>Source file of the call that hit the limit; null when unknown.</summary>
    public string? File { get; }

    /// <summary>Line of the call that hit the limit; 0 when unknown.</summary>
    public int Line { get; }
}
