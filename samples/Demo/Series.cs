namespace LifetimeAnalyzers.Demo;

/// <summary>The memory of a server before the first and after every measured request to one end point, and what it answered.</summary>
internal sealed record Series(EndPoint EndPoint, IReadOnlyList<ProcessMemory> Samples, IReadOnlyList<string> Answers)
{
    /// <summary>KiB of virtual size a request adds: the median of the differences, so that a thread's stack or a collection does not count.</summary>
    public long VirtualGrowth => Median(sample => sample.Virtual);

    /// <summary>KiB of resident size a request adds.</summary>
    public long ResidentGrowth => Median(sample => sample.Resident);

    private long Median(Func<ProcessMemory, long> size)
    {
        long[] differences = [.. Samples.Zip(Samples.Skip(1), (before, after) => size(after) - size(before)).Order()];
        int middle = differences.Length / 2;
        return differences.Length % 2 == 1 ? differences[middle] : (differences[middle - 1] + differences[middle]) / 2;
    }
}
