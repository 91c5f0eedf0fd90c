using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Acme.Imaging;

/// <summary>A pixel as the decoder writes it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Rgba
{
    public byte R, G, B, A;
}

public sealed unsafe partial class Decoder
{
    private readonly Stream _input;

    public Decoder(Stream input) => _input = input ?? throw new ArgumentNullException(nameof(input));

    #region Decoding

    // Early return in the middle of a loop: the scratch row leaks.
    public int CountOpaque(int width, int height)
    {
        var row = (Rgba*)NativeMemory.Alloc((nuint)width, (nuint)sizeof(Rgba));
        int count = 0;

        for (int y = 0; y < height; y++)
        {
            var bytes = new Span<byte>(row, width * sizeof(Rgba));
            if (_input.Read(bytes) != bytes.Length)
                return -1;   // truncated

            for (int x = 0; x < width; x++)
            {
                if (row[x].A == 255) count++;
            }
        }

        NativeMemory.Free(row);
        return count;
    }

    public bool TryDecode(ReadOnlySpan<byte> data, int width, int height, out byte average)
    {
        average = 0;
        Rgba* pixels = (Rgba*)NativeMemory.AllocZeroed((nuint)(width * height), (nuint)Unsafe.SizeOf<Rgba>());
        if (data.Length < width * height * 4)
        {
            return false;
        }

        long sum = 0;
        try
        {
            fixed (byte* source = data)
            {
                Buffer.MemoryCopy(source, pixels, width * height * 4, width * height * 4);
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            NativeMemory.Free(pixels);
            return false;
        }

        for (var i = 0; i < width * height; i++) sum += pixels[i].R;
        average = (byte)(sum / (width * height));
        NativeMemory.Free(pixels);
        return true;
    }

    #endregion

    #region Histogram

    /// <summary>Exit by switch.</summary>
    public string Describe(int kind)
    {
        uint* histogram = (uint*)NativeMemory.AllocZeroed(256, sizeof(uint));

        switch (kind)
        {
            case 0:
                NativeMemory.Free(histogram);
                return "none";
            case 1:
                histogram[0]++;
                return "grey";       // forgotten
            case 2 when _input.CanSeek:
                NativeMemory.Free(histogram);
                return "seekable";
            default:
                break;
        }

        string text = histogram[0].ToString();
        NativeMemory.Free(histogram);
        return text;
    }

    #endregion

    // Grows while it reads; the result of realloc is lost when the stream ends early.
    public int ReadAll()
    {
        nuint capacity = 16, used = 0;
        byte* buffer = (byte*)NativeMemory.Alloc(capacity);
        int b;
        while ((b = _input.ReadByte()) >= 0)
        {
            if (used == capacity)
            {
                capacity *= 2;
                buffer = (byte*)NativeMemory.Realloc(buffer, capacity);
            }

            buffer[used++] = (byte)b;
            if (b == 0xFF) { return -1; }
        }

        int crc = 0;
        for (nuint i = 0; i < used; i++)
            crc = crc * 31 + buffer[i];
        NativeMemory.Free(buffer);
        return crc;
    }

    private static int Sum(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }

    public static int Never(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n); for (int i = 0; i < n; i++) p[i] = (byte)i;
        return Sum(p, n);
    }

    public static int OneLine(int n) { var p = (byte*)NativeMemory.Alloc((nuint)n); p[0] = 1; return p[0]; }
}
