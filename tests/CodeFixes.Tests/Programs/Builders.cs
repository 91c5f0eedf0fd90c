using System.Buffers;
using System.Runtime.InteropServices;

namespace Building;

/// <summary>Text in native memory: it grows as it is written, and gives its memory back when it is read.</summary>
internal unsafe ref struct NativeText
{
    private char* _characters;
    private int _capacity;
    private int _length;

    public NativeText(int capacity)
    {
        _characters = (char*)NativeMemory.Alloc((nuint)capacity, sizeof(char));
        _capacity = capacity;
        _length = 0;
    }

    public readonly int Length => _length;

    public void Append(char character)
    {
        if (_length == _capacity)
        {
            Grow();
        }

        _characters[_length++] = character;
    }

    public void Append(string text)
    {
        foreach (var character in text)
        {
            Append(character);
        }
    }

    public override string ToString()
    {
        var text = new string(_characters, 0, _length);
        Dispose();
        return text;
    }

    public void Dispose()
    {
        var characters = _characters;
        this = default;
        NativeMemory.Free(characters);
    }

    private void Grow()
    {
        var larger = (char*)NativeMemory.Alloc((nuint)_capacity * 2, sizeof(char));
        new ReadOnlySpan<char>(_characters, _length).CopyTo(new Span<char>(larger, _length));
        NativeMemory.Free(_characters);
        _characters = larger;
        _capacity *= 2;
    }
}

internal static class Headers
{
    public static string Written(string name, Func<string> value)
    {
        var text = new NativeText(16);
        text.Append(name);
        text.Append(value());
        return text.ToString();
    }

    public static string Separated(IEnumerable<string> parts)
    {
        var text = new NativeText(16);
        foreach (var part in parts)
        {
            if (text.Length > 0)
            {
                text.Append(',');
            }

            text.Append(part);
        }

        return text.ToString();
    }
}

internal interface IBox
{
    void Set(object value);
}

internal sealed class Lease(byte[] bytes, int length) : IDisposable
{
    private byte[]? _bytes = bytes;

    public Span<byte> Span => _bytes.AsSpan(0, length);

    public static Lease Create(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

internal sealed class Answers(IBox? box)
{
    // Who is behind the box has the lease then, and would read what is returned here.
    public bool Read(Stream source, int length)
    {
        var lease = Lease.Create(length); // not repaired: only Give knows whether it could be handed on
        source.ReadExactly(lease.Span);
        Give(lease);
        return true;
    }

    private void Give(Lease lease)
    {
        box?.Set(lease);
    }
}
