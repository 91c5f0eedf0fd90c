// weakness: mixed
// construct: stackalloc or rent
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Suite.Support;

namespace Cases.StackallocOrRent;

internal static unsafe class Scratch
{
    private const int Limit = 256;

    public static int ConditionalExpressionGood(string text)
    {
        int length = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        Span<byte> buffer = length <= Limit ? stackalloc byte[Limit] : (rented = ArrayPool<byte>.Shared.Rent(length));
        int written = Encoding.UTF8.GetBytes(text, buffer);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return written;
    }

    public static int IfElseGood(int length)
    {
        byte[]? rented = null;
        Span<byte> buffer;
        if (length <= Limit)
        {
            buffer = stackalloc byte[Limit];
        }
        else
        {
            rented = ArrayPool<byte>.Shared.Rent(length);
            buffer = rented;
        }

        buffer.Clear();
        int result = buffer.Length;
        if (rented != null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return result;
    }

    public static int FinallyGood(int length, Func<int, int> work)
    {
        byte[]? rented = length > Limit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> buffer = rented ?? stackalloc byte[Limit];
        try
        {
            return work(buffer.Length);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    public static int NotReturnedBad(int length) // bad: LIFE016|LIFE003|LIFE004
    {
        byte[]? rented = null;
        Span<byte> buffer = length <= Limit ? stackalloc byte[Limit] : (rented = ArrayPool<byte>.Shared.Rent(length));
        buffer.Clear();
        return rented is null ? 0 : buffer.Length;
    }

    public static int EarlyReturnBad(int length) // bad: LIFE016|LIFE004
    {
        byte[]? rented = null;
        Span<byte> buffer = length <= Limit ? stackalloc byte[Limit] : (rented = ArrayPool<byte>.Shared.Rent(length));
        if (buffer[0] == 1)
        {
            return 1;
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return 0;
    }

    public static byte SpanAfterReturnBad(int length) // bad: LIFE007
    {
        byte[]? rented = null;
        Span<byte> buffer = length <= Limit ? stackalloc byte[Limit] : (rented = ArrayPool<byte>.Shared.Rent(length));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return buffer[0];
    }

    public static int NativeOrStackGood(int length)
    {
        byte* heap = length > Limit ? (byte*)NativeMemory.Alloc((nuint)length) : null;
        byte* stack = stackalloc byte[Limit];
        byte* buffer = heap != null ? heap : stack;
        buffer[0] = 1;
        int result = buffer[0];
        if (heap != null)
        {
            NativeMemory.Free(heap);
        }

        return result;
    }

    public static int NativeOrStackFreedBad(int length) // bad: LIFE009
    {
        byte* stack = stackalloc byte[Limit];
        byte* buffer = length > Limit ? (byte*)NativeMemory.Alloc((nuint)length) : stack;
        buffer[0] = 1;
        int result = buffer[0];
        NativeMemory.Free(buffer);
        return result;
    }

    public static int NativeOrStackComparedGood(int length)
    {
        byte* stack = stackalloc byte[Limit];
        byte* buffer = length > Limit ? (byte*)NativeMemory.Alloc((nuint)length) : stack;
        buffer[0] = 1;
        int result = buffer[0];
        if (buffer != stack)
        {
            NativeMemory.Free(buffer);
        }

        return result;
    }

    public static int SizeTestedAgainGood(int length)
    {
        byte* stack = stackalloc byte[Limit];
        byte* buffer = length > Limit ? (byte*)NativeMemory.Alloc((nuint)length) : stack;
        buffer[0] = 1;
        int result = buffer[0];
        if (length > Limit)
        {
            NativeMemory.Free(buffer);
        }

        return result;
    }

    public static int UseHeapFlagGood(int length)
    {
        bool useHeap = length > Limit;
        char[]? rented = null;
        Span<char> buffer = useHeap ? rented = ArrayPool<char>.Shared.Rent(length) : stackalloc char[Limit];
        buffer[0] = 'a';
        int result = buffer[0];
        if (useHeap)
        {
            ArrayPool<char>.Shared.Return(rented!);
        }

        return result;
    }

    public static int GrowingGood(ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[16];
        char[]? rented = null;
        int used = 0;
        foreach (char one in text)
        {
            if (used == buffer.Length)
            {
                char[] bigger = ArrayPool<char>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(bigger);
                if (rented != null)
                {
                    ArrayPool<char>.Shared.Return(rented);
                }

                buffer = rented = bigger;
            }

            buffer[used++] = one;
        }

        if (rented != null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return used;
    }

    public static int GrowingBad(ReadOnlySpan<char> text) // bad: LIFE006|LIFE007
    {
        Span<char> buffer = stackalloc char[16];
        char[]? rented = null;
        int used = 0;
        foreach (char one in text)
        {
            if (used == buffer.Length)
            {
                char[]? old = rented;
                rented = ArrayPool<char>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(rented);
                buffer = rented;
                if (old != null)
                {
                    ArrayPool<char>.Shared.Return(rented);
                }
            }

            buffer[used++] = one;
        }

        if (rented != null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return used;
    }
}
