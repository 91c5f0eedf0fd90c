using System.Globalization;

namespace LifetimeAnalyzers;

/// <summary>Memory sizes as people write them: <c>134217728</c>, <c>128M</c>, <c>64K</c>, <c>1G</c>, <c>-1</c> for unlimited.</summary>
public static class MemorySize
{
    /// <summary>Reads a size in bytes. Suffixes K, M, G (powers of 1024, any case, an optional B after them); -1 is unlimited.</summary>
    /// <param name="text">The text; null or nonsense gives false.</param>
    /// <param name="bytes">The size in bytes.</param>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        if (digits is "-1")
        {
            bytes = RequestScopeOptions.Unlimited;
            return true;
        }

        if (digits.Length > 2 && digits[^1] is 'b' or 'B' && char.IsLetter(digits[^2]))
        {
            digits = digits[..^1];
        }

        int shift = char.ToUpperInvariant(digits[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, 'T' => 40, _ => 0 };
        if (shift != 0)
        {
            digits = digits[..^1].TrimEnd();
        }

        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = number << shift;
        return true;
    }

    /// <summary>Reads a size in bytes, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no size.</exception>
    public static long Parse(string text) => TryParse(text, out long bytes)
        ? bytes
        : throw new FormatException($"'{text}' is no memory size; write bytes, or a number with K, M or G, or -1 for unlimited.");
}
