using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Goes through the identifier-like words of a text without parsing it. For use in one thread.</summary>
internal sealed class IdentifierScan(SourceText text)
{
    private readonly char[] buffer = new char[Math.Min(text.Length, 16 * 1024)];
    private int bufferStart;
    private int bufferLength;
    private int position;

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
            position++;
        }

        Start = position;
        int hash = Seed;
        while (Peek(out char c) && IsPart(c))
        {
            hash = Step(hash, c);
            position++;
        }

        Length = position - Start;
        Hash = hash;
        return Length > 0;
    }

    private const int Seed = unchecked((int)2166136261);

    private static int Step(int hash, char c) => unchecked((hash ^ c) * 16777619);

    private static bool IsPart(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' || (c > 127 && char.IsLetterOrDigit(c));

    private bool Peek(out char c)
    {
        if (position >= bufferStart + bufferLength)
        {
            bufferStart = position;
            bufferLength = Math.Min(buffer.Length, text.Length - position);
            if (bufferLength <= 0)
            {
                bufferLength = 0;
                c = default;
                return false;
            }

            text.CopyTo(position, buffer, 0, bufferLength);
        }

        c = buffer[position - bufferStart];
        return true;
    }
}
