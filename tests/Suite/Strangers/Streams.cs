// weakness: CWE-401
// construct: parsers and pixel buffers: rented, stack or native, with every way out
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Strangers.Streams;

internal ref struct TlvReader
{
    private ReadOnlySpan<byte> _rest;

    public TlvReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    public bool TryNext(out byte tag, out ReadOnlySpan<byte> value)
    {
        tag = 0;
        value = default;
        if (_rest.Length < 3)
        {
            return false;
        }

        tag = _rest[0];
        int length = BinaryPrimitives.ReadUInt16BigEndian(_rest[1..]);
        value = _rest.Slice(3, length);
        _rest = _rest[(3 + length)..];
        return true;
    }
}

internal sealed unsafe class Bitmap : IDisposable
{
    private uint* _pixels;

    public Bitmap(int width, int height)
    {
        Width = width;
        Height = height;
        _pixels = (uint*)NativeMemory.AllocZeroed((nuint)(width * height), sizeof(uint));
    }

    public int Width { get; }

    public int Height { get; }

    public ref uint this[int x, int y] => ref _pixels[(y * Width) + x];

    public Span<uint> Row(int y) => new(_pixels + (y * Width), Width);

    public Bitmap Scale(int factor)
    {
        var result = new Bitmap(Width * factor, Height * factor);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                result[x * factor, y * factor] = this[x, y];
            }
        }

        return result;
    }

    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
    }
}

internal static class Streams
{
    public static int CountTagsGood(Stream stream, int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        stream.ReadExactly(rented, 0, length);
        var reader = new TlvReader(rented.AsSpan(0, length));
        int count = 0;
        while (reader.TryNext(out _, out _))
        {
            count++;
        }

        ArrayPool<byte>.Shared.Return(rented);
        return count;
    }

    public static int CountTagsBad(Stream stream, int length) // bad: LIFE016|LIFE004|LIFE003
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        stream.ReadExactly(rented, 0, length);
        var reader = new TlvReader(rented.AsSpan(0, length));
        int count = 0;
        while (reader.TryNext(out byte tag, out _))
        {
            if (tag == 0xFF)
            {
                return -1;
            }

            count++;
        }

        ArrayPool<byte>.Shared.Return(rented);
        return count;
    }

    public static ReadOnlySpan<byte> FirstValueBad(Stream stream, int length) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        stream.ReadExactly(rented, 0, length);
        ReadOnlySpan<byte> first = rented.AsSpan(0, 4);
        ArrayPool<byte>.Shared.Return(rented);
        return first;
    }

    public static byte[] FirstValueGood(Stream stream, int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        stream.ReadExactly(rented, 0, length);
        byte[] first = rented.AsSpan(0, 4).ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return first;
    }

    public static string DecodeGood(ReadOnlySpan<byte> bytes)
    {
        const int Limit = 128;
        char[]? rented = null;
        Span<char> chars = bytes.Length <= Limit
            ? stackalloc char[Limit]
            : (rented = ArrayPool<char>.Shared.Rent(bytes.Length));
        int written = Encoding.UTF8.GetChars(bytes, chars);
        string text = new(chars[..written]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return text;
    }

    public static string DecodeBad(ReadOnlySpan<byte> bytes) // bad: LIFE003|LIFE016
    {
        const int Limit = 128;
        char[]? rented = null;
        Span<char> chars = bytes.Length <= Limit
            ? stackalloc char[Limit]
            : (rented = ArrayPool<char>.Shared.Rent(bytes.Length));
        int written = Encoding.UTF8.GetChars(bytes, chars);
        return new(chars[..written]);
    }

    public static unsafe string DecodeNativeBad(ReadOnlySpan<byte> bytes) // bad: LIFE004|LIFE003
    {
        byte* heap = null;
        byte* target = bytes.Length < 64 ? GetSmall() : heap = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(target, bytes.Length));
        if (target[0] == 0)
        {
            return "";
        }

        string text = Encoding.ASCII.GetString(target, bytes.Length);
        if (heap != null)
        {
            NativeMemory.Free(heap);
        }

        return text;
    }

    private static unsafe byte* GetSmall() => Io.StaticBuffer;

    public static void PictureGood()
    {
        using var small = new Bitmap(4, 4);
        small[1, 1] = 7;
        using Bitmap large = small.Scale(2);
        Io.PrintInt((int)large[2, 2]);
    }

    public static void PictureBad() // bad: LIFE003
    {
        using var small = new Bitmap(4, 4);
        small[1, 1] = 7;
        Bitmap large = small.Scale(2);
        Io.PrintInt((int)large[2, 2]);
    }

    public static void PictureRowBad() // bad: LIFE007
    {
        var picture = new Bitmap(4, 4);
        Span<uint> row = picture.Row(1);
        picture.Dispose();
        row[0] = 1;
    }

    public static void PictureChainBad() // bad: LIFE003|LIFE004
    {
        var picture = new Bitmap(4, 4);
        for (int i = 0; i < 3; i++)
        {
            picture = picture.Scale(2);
        }

        picture.Dispose();
    }

    public static void PictureChainGood()
    {
        var picture = new Bitmap(4, 4);
        for (int i = 0; i < 3; i++)
        {
            Bitmap next = picture.Scale(2);
            picture.Dispose();
            picture = next;
        }

        picture.Dispose();
    }

    public static async Task<int> CopyGood(Stream from, Stream to, CancellationToken token)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(8192);
        int total = 0;
        int read;
        while ((read = await from.ReadAsync(owner.Memory, token)) > 0)
        {
            await to.WriteAsync(owner.Memory[..read], token);
            total += read;
        }

        return total;
    }

    public static Task<int> CopyBad(Stream from, byte[] target) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(100);
        try
        {
            return from.ReadAsync(rented, 0, 100);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static async Task<int> CopyAwaitedGood(Stream from)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(100);
        try
        {
            return await from.ReadAsync(rented, 0, 100);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static IEnumerable<int> WordsGood(string text)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(text.Length);
        try
        {
            for (int i = 0; i < text.Length; i++)
            {
                rented[i] = text[i];
                yield return rented[i];
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    public static int NestedTryBad(Stream stream) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(10);
        try
        {
            try
            {
                return stream.ReadByte();
            }
            catch (IOException)
            {
                Marshal.FreeHGlobal(block);
                return -1;
            }
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int NestedTryGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(10);
        try
        {
            try
            {
                return stream.ReadByte();
            }
            catch (IOException e) when (e.HResult != 0)
            {
                return -1;
            }
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int CatchOnlyBad(Stream stream) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(10);
        try
        {
            int value = stream.ReadByte();
            Marshal.WriteInt32(block, value);
            Marshal.FreeHGlobal(block);
            return value;
        }
        catch (IOException)
        {
            return -1;
        }
    }

    public static int StateMachineBad(ReadOnlySpan<byte> input) // bad: LIFE004|LIFE003
    {
        nint body = 0;
        int state = 0;
        foreach (byte b in input)
        {
            switch (state)
            {
                case 0 when b == 'H':
                    body = Marshal.AllocHGlobal(100);
                    state = 1;
                    break;
                case 1 when b == 'E':
                    Marshal.FreeHGlobal(body);
                    state = 2;
                    break;
                case 2:
                    return 1;
            }
        }

        return 0;
    }

    public static int StateMachineGood(ReadOnlySpan<byte> input)
    {
        nint body = 0;
        int state = 0;
        foreach (byte b in input)
        {
            if (state == 0 && b == 'H')
            {
                body = Marshal.AllocHGlobal(100);
                state = 1;
            }
            else if (state == 1 && b == 'E')
            {
                Marshal.FreeHGlobal(body);
                body = 0;
                state = 2;
            }
        }

        if (body != 0)
        {
            Marshal.FreeHGlobal(body);
        }

        return state;
    }

    public static byte[] GrowGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        int used = 0;
        int read;
        while ((read = stream.Read(buffer, used, buffer.Length - used)) > 0)
        {
            used += read;
            if (used == buffer.Length)
            {
                byte[] bigger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                Array.Copy(buffer, bigger, used);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = bigger;
            }
        }

        byte[] result = buffer[..used];
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }

    public static byte[] GrowBad(Stream stream) // bad: LIFE016|LIFE004|LIFE003
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        int used = 0;
        int read;
        while ((read = stream.Read(buffer, used, buffer.Length - used)) > 0)
        {
            used += read;
            if (used == buffer.Length)
            {
                byte[] bigger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                Array.Copy(buffer, bigger, used);
                buffer = bigger;
            }
        }

        byte[] result = buffer[..used];
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }
}
