// weakness: CWE-772
// construct: a rented array of which only a span is kept
using System;
using System.Buffers;
using System.Runtime.CompilerServices;

namespace Cases.RealCode.OnlySeenBySpans;

/// <summary>Loses the array as soon as it has rented it: who uses the builder can do nothing about that.</summary>
[InterpolatedStringHandler]
internal ref struct Builder
{
    private char[]? _rented;
    private Span<char> _chars;
    private int _length;

    public Builder(int literalLength, int formattedCount) // bad: LIFE003
    {
        _rented = null;
        _chars = ArrayPool<char>.Shared.Rent(literalLength + (8 * formattedCount));
        _length = 0;
    }

    public Builder(int capacity)
    {
        _chars = _rented = ArrayPool<char>.Shared.Rent(capacity);
        _length = 0;
    }

    public void AppendLiteral(string text)
    {
        if (_length + text.Length > _chars.Length)
        {
            Grow(text.Length);
        }

        text.AsSpan().CopyTo(_chars.Slice(_length));
        _length += text.Length;
    }

    public void AppendFormatted(string text) => AppendLiteral(text);

    public string ToStringAndClear()
    {
        var text = _chars.Slice(0, _length).ToString();
        Dispose();
        return text;
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            _chars = default;
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(_length + more);
        _chars.Slice(0, _length).CopyTo(larger);
        if (_rented is { } rented)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        _chars = _rented = larger;
    }
}

internal static class Texts
{
    public static string Of(ref Builder builder) => builder.ToStringAndClear();

    public static string Both(string left, string right) => Of($"{left}, {right}");

    public static string Joined(string left, string right)
    {
        var builder = new Builder(16);
        builder.AppendLiteral(left);
        builder.AppendLiteral(right);
        return builder.ToStringAndClear();
    }

    public static string Forgotten(string left) // bad: LIFE003
    {
        var builder = new Builder(16);
        return left;
    }
}
