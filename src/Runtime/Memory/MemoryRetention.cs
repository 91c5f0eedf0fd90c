namespace LifetimeAnalyzers;

/// <summary>
/// How much memory the process keeps ready between requests. Process-wide; changes act at once. Defaults come from
/// <c>LIFETIME_MAX_CACHED</c> (a size), <c>LIFETIME_TRIM_INTERVAL</c> (seconds) and <c>LIFETIME_HUGE_PAGES</c> (0 or 1).
/// </summary>
public static class MemoryRetention
{
    private static long s_maxCachedBytes =
        MemorySize.TryParse(Environment.GetEnvironmentVariable("LIFETIME_MAX_CACHED"), out long bytes) && bytes >= 0 ? bytes : 64L << 20;

    private static long s_trimTicks =
        (double.TryParse(Environment.GetEnvironmentVariable("LIFETIME_TRIM_INTERVAL"), System.Globalization.CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(10)).Ticks;

    /// <summary>Bytes of free memory that are kept at most; what is released beyond goes back to the system at once. Default 64 MiB.</summary>
    public static long MaxCachedBytes
    {
        get => Volatile.Read(ref s_maxCachedBytes);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Volatile.Write(ref s_maxCachedBytes, value);
            Retention.ReleaseBeyond(value);
        }
    }

    /// <summary>Within this time an idle process gives back what it keeps ready. Default 10 seconds.</summary>
    public static TimeSpan TrimInterval
    {
        get => new(Volatile.Read(ref s_trimTicks));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            Volatile.Write(ref s_trimTicks, value.Ticks);
            Trimmer.Restart();
        }
    }

    /// <summary>Whether large pages are asked for from the second chunk of a sub-heap on. Default true.</summary>
    public static bool HugePages { get; set; } = Environment.GetEnvironmentVariable("LIFETIME_HUGE_PAGES") is not "0";

    /// <summary>Bytes of free memory that are kept ready now.</summary>
    public static long CachedBytes => Retention.CachedBytes;

    /// <summary>Gives everything that is kept ready back to the system now.</summary>
    public static void Trim() => Trimmer.TrimAll();
}
