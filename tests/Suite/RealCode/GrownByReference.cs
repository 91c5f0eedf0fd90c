// weakness: CWE-590
// construct: a buffer by reference, which a function replaces by a larger one when it has to
using System;
using System.Buffers;

namespace Cases.RealCode.GrownByReference;

internal static class Buffers
{
    public static bool Increase(ref byte[] buffer, int most)
    {
        if (buffer.Length >= most)
        {
            return false;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        byte[] smaller = buffer;
        buffer = larger;
        ArrayPool<byte>.Shared.Return(smaller);
        return true;
    }

    public static void Ensure(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(length);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    public static int Write(ref byte[] buffer, string text)
    {
        while (!Try(buffer, text))
        {
            if (!Increase(ref buffer, 1 << 20))
            {
                throw new InvalidOperationException("too long");
            }
        }

        return text.Length;
    }

    private static bool Try(byte[] buffer, string text) => System.Text.Encoding.UTF8.TryGetBytes(text, buffer, out _);
}

internal static class Users
{
    // large enough, so that the pool never sees it
    public static int FixedSizeGood(string text)
    {
        byte[] buffer = new byte[16 * 1024];
        return Buffers.Write(ref buffer, text);
    }

    public static byte EnsuredGood()
    {
        byte[] buffer = new byte[1024];
        Buffers.Ensure(ref buffer, 10);
        return buffer[0];
    }

    public static int RentedGood(string text)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            return Buffers.Write(ref buffer, text);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static byte LostBad() // bad: LIFE016|LIFE003
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
        Buffers.Ensure(ref buffer, 10);
        return buffer[0];
    }

    public static void OldOneAsWellBad() // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
        byte[] old = buffer;
        Buffers.Ensure(ref buffer, 10);
        ArrayPool<byte>.Shared.Return(buffer);
        ArrayPool<byte>.Shared.Return(old);
    }
}
