using System.Diagnostics.CodeAnalysis;

namespace LifetimeAnalyzers;

/// <summary>Sizes computed without wrapping around.</summary>
internal static class AllocationSize
{
    /// <summary>The largest size that is not refused out of hand.</summary>
    public static ulong Max => (ulong)nint.MaxValue - (SizeClasses.PageBytes * 2);

    /// <summary><paramref name="count"/> times <paramref name="size"/> plus <paramref name="offset"/>.</summary>
    /// <exception cref="OverflowException">The result does not fit, or a part is negative.</exception>
    public static ulong Of(ulong count, ulong size, ulong offset)
    {
        ulong high = Math.BigMul(count, size, out ulong product);
        ulong sum = product + offset;
        if (high != 0 || sum < product || sum > Max)
        {
            Overflow(count, size, offset);
        }

        return sum;
    }

    /// <inheritdoc cref="Of(ulong, ulong, ulong)"/>
    public static ulong Of(long count, long size, long offset)
    {
        if ((count | size | offset) < 0)
        {
            Overflow((ulong)count, (ulong)size, (ulong)offset);
        }

        return Of((ulong)count, (ulong)size, (ulong)offset);
    }

    /// <summary>Throws with the text that PHP prints.</summary>
    [DoesNotReturn]
    public static void Overflow(ulong count, ulong size, ulong offset) =>
        throw new OverflowException($"Possible integer overflow in memory allocation ({count} * {size} + {offset})");

    /// <summary>Throws with the text that PHP prints for a single size.</summary>
    [DoesNotReturn]
    public static void Overflow(ulong bytes) =>
        throw new OverflowException($"Possible integer overflow in memory allocation ({bytes} + {SizeClasses.PageBytes})");
}
