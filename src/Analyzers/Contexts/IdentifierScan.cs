using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Goes through the identifier-like words of a text without parsing it. For use in one thread.</summary>
internal sealed class IdentifierScan(SourceText text)
{
    private readonly char[] _buffer = new char[Math.Min(text.Length, 16 * 1024)];
    private int _bufferStart;
    private int _bufferLength;
    private int _position;

    /// <summary>Where the current word starts.</summary>
    public int Start { get; private set; }

    /// <summary>The length of the current word, in characters.</summary>
    public int Length { get; private set; }

    /// <summary>The hash of the current word: that of <see cref="HashOf"/>.</summary>
    public int Hash { get; private set; }

    /// <summary>The hash of <paramref name="name"/>, the same in every process.</summary>
    public static int HashOf(string name)
    {
        int hash = Seed;
        foreach (char c in name)
        {
            hash = Step(hash, c);
        }

        return hash;
    }

    /// <summary>Moves to the next word; false at the end of the text.</summary>
    public bool MoveNext()
    {
        while (Peek(out char c) && !IsPart(c))
        {
            _position++;
        }

        Start = _position;
        int hash = Seed;
        while (Peek(out char c) && IsPart(c))
        {
            hash = Step(hash, c);
            _position++;
        }

        Length = _position - Start;
        Hash = hash;
        return Length > 0;
    }

    private const int Seed = unchecked((int)2166136261);

    private static int Step(int hash, char c) => unchecked((hash ^ c) * 16777619);

    private static bool IsPart(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' || (c > 127 && char.IsLetterOrDigit(c));

    private bool Peek(out char c)
    {
        if (_position >= _bufferStart + _bufferLength)
        {
            _bufferStart = _position;
            _bufferLength = Math.Min(_buffer.Length, text.Length - _position);
            if (_bufferLength <= 0)
            {
                _bufferLength = 0;
                c = default;
                return false;
            }

            text.CopyTo(_position, _buffer, 0, _bufferLength);
        }

        c = _buffer[_position - _bufferStart];
        return true;
    }
}
