using System.Diagnostics.Metrics;

namespace LifetimeAnalyzers.Data;

/// <summary>Something that happens to a result set, its rows or its cells.</summary>
public enum ResultSetEvent
{
    /// <summary>A row was fetched into a buffered set.</summary>
    RowBuffered,

    /// <summary>A byte of a row was put into a buffered set.</summary>
    ByteBuffered,

    /// <summary>A row was handed out for the first time.</summary>
    RowRead,

    /// <summary>A cell was copied, because its row went while it was kept, because it was written to, or in copy mode.</summary>
    CopyPerformed,

    /// <summary>A cell went with its row without having been copied.</summary>
    CopySaved,

    /// <summary>A set was freed by <c>Dispose</c>.</summary>
    ExplicitFree,

    /// <summary>A set was left to the end of its request scope.</summary>
    ImplicitFree,

    /// <summary>An unbuffered set was freed before its last row was read.</summary>
    SetFlushed,
}

/// <summary>Counts of what happened, of one set or of the whole process. Thread-safe.</summary>
public sealed class ResultSetStatistics
{
    private static readonly ResultSetEvent[] s_events = Enum.GetValues<ResultSetEvent>();
    private static readonly Meter s_meter = new("LifetimeAnalyzers.Data");
    private static readonly Counter<long>[] s_counters = [.. s_events.Select(one => s_meter.CreateCounter<long>(MeterName(one), description: one.ToString()))];
    private readonly long[] _counts = new long[s_events.Length];

    internal ResultSetStatistics()
    {
    }

    /// <summary>The counts of all sets since the process started. The meter <c>LifetimeAnalyzers.Data</c> has them too.</summary>
    public static ResultSetStatistics Process { get; } = new();

    /// <summary>Rows that were fetched and that nobody looked at: bought and not read.</summary>
    public long RowsNeverRead => Math.Max(0, this[ResultSetEvent.RowBuffered] - this[ResultSetEvent.RowRead]);

    /// <summary>How often something happened.</summary>
    public long this[ResultSetEvent what] => Interlocked.Read(ref _counts[(int)what]);

    internal void Add(ResultSetEvent what, long count = 1)
    {
        if (count > 0)
        {
            Interlocked.Add(ref _counts[(int)what], count);
            Interlocked.Add(ref Process._counts[(int)what], count);
            s_counters[(int)what].Add(count);
        }
    }

    private static string MeterName(ResultSetEvent what) => "lifetime.data." + what switch
    {
        ResultSetEvent.RowBuffered => "rows.buffered",
        ResultSetEvent.ByteBuffered => "bytes.buffered",
        ResultSetEvent.RowRead => "rows.read",
        ResultSetEvent.CopyPerformed => "copy_on_write.performed",
        ResultSetEvent.CopySaved => "copy_on_write.saved",
        ResultSetEvent.ExplicitFree => "free.explicit",
        ResultSetEvent.ImplicitFree => "free.implicit",
        _ => "sets.flushed",
    };
}
