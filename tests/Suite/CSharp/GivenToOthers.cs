// weakness: CWE-415, CWE-416
// construct: blocks that an object of somebody else has taken and that the body releases all the same; objects that a using disposes of and the caller gets; views that a longer function gives; codes of native functions

using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Suite.GivenToOthers;

public sealed class Request : IDisposable
{
    private byte[]? _body;

    public int Length { get; private set; }

    public void Adopt(byte[] rented, int length)
    {
        if (_body is not null)
        {
            ArrayPool<byte>.Shared.Return(_body);
        }

        _body = rented;
        Length = length;
    }

    public byte[]? Detach()
    {
        var body = _body;
        _body = null;
        Length = 0;
        return body;
    }

    public void Dispose()
    {
        if (_body is { } body)
        {
            _body = null;
            Length = 0;
            ArrayPool<byte>.Shared.Return(body);
        }
    }
}

/// <summary>Only looks at what it is handed.</summary>
public sealed class Window
{
    private byte[]? _seen;

    public void Show(byte[] seen) => _seen = seen;

    public int First => _seen is null ? -1 : _seen[0];
}

/// <summary>Says itself whether it has to release.</summary>
public sealed class Perhaps : IDisposable
{
    private byte[]? _body;
    private bool _owns;

    public void Take(byte[] body, bool owns)
    {
        _body = body;
        _owns = owns;
    }

    public void Dispose()
    {
        if (_owns && _body is not null)
        {
            ArrayPool<byte>.Shared.Return(_body);
        }

        _body = null;
    }
}

/// <summary>Was told when it was made whether it has to release.</summary>
public sealed class Fixed : IDisposable
{
    private readonly bool _owns;

    public Fixed(bool owns)
    {
        _owns = owns;
    }

    public byte[]? Body { get; set; }

    public void Dispose()
    {
        if (_owns && Body != null)
        {
            ArrayPool<byte>.Shared.Return(Body);
        }

        Body = null;
    }
}

public static class Readers
{
    public static int ShowFixed(Fixed request) // good
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(64);
        request.Body = body;
        int first = request.Body[0];
        ArrayPool<byte>.Shared.Return(body);
        return first;
    }

    public static void ReadAndReturn(Stream stream, Request request) // bad: LIFE006
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(64);
        int length = stream.Read(body, 0, 64);
        request.Adopt(body, length);
        ArrayPool<byte>.Shared.Return(body);
    }

    public static async Task<bool> ReadAndReturnAsync(Stream stream, Request request, CancellationToken stop) // bad: LIFE006
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(64);
        try
        {
            await stream.ReadExactlyAsync(body.AsMemory(0, 64), stop);
            request.Adopt(body, 64);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    public static void Read(Stream stream, Request request) // good
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(64);
        int length = stream.Read(body, 0, 64);
        if (length == 0)
        {
            ArrayPool<byte>.Shared.Return(body);
            return;
        }

        request.Adopt(body, length);
    }

    public static void ReadAndTakeBack(Stream stream, Request request) // good
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(64);
        request.Adopt(body, stream.Read(body, 0, 64));
        request.Detach();
        ArrayPool<byte>.Shared.Return(body);
    }

    public static int ShowAndReturn(Stream stream, Window window) // good
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(64);
        window.Show(body);
        int first = window.First;
        ArrayPool<byte>.Shared.Return(body);
        return first;
    }

    public static void LendAndReturn(Stream stream, Perhaps perhaps) // good
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(64);
        perhaps.Take(body, owns: false);
        stream.Write(body, 0, 64);
        ArrayPool<byte>.Shared.Return(body);
    }
}

public sealed unsafe class Image : IDisposable
{
    private byte* _pixels;

    public Image(int size)
    {
        _pixels = (byte*)NativeMemory.AlignedAlloc((nuint)size, 32);
        Size = size;
    }

    public int Size { get; }

    public Image Clone()
    {
        var copy = new Image(Size);
        new Span<byte>(_pixels, Size).CopyTo(new Span<byte>(copy._pixels, Size));
        return copy;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_pixels);
        _pixels = null;
    }
}

public static class Images
{
    public static Image Disposed(Image image) // bad: LIFE007
    {
        using var copy = image.Clone();
        return copy;
    }

    public static Image DisposedByStatement(int size) // bad: LIFE007
    {
        using (var image = new Image(size))
        {
            return image;
        }
    }

    public static Image Another(Image image) // good
    {
        using var copy = image.Clone();
        return copy.Clone();
    }

    public static int Number(Image image) // good
    {
        using var copy = image.Clone();
        return copy.Size;
    }

    public static Image Chosen(Image image, bool again) // good
    {
        using var first = image.Clone();
        var second = first.Clone();
        return again ? second : second;
    }
}

public static class Words
{
    public static string Late(Stream stream) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(256);
        int length = stream.Read(rented, 0, 256);
        ReadOnlySpan<byte> word = Trim(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return Encoding.ASCII.GetString(word);
    }

    public static string InTime(Stream stream) // good
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(256);
        int length = stream.Read(rented, 0, 256);
        ReadOnlySpan<byte> word = Trim(rented.AsSpan(0, length));
        string text = Encoding.ASCII.GetString(word);
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int end = text.Length;
        while (end > 0 && text[end - 1] == (byte)' ')
        {
            end--;
        }

        int start = 0;
        while (start < end && text[start] == (byte)' ')
        {
            start++;
        }

        return text.Slice(start, end - start);
    }
}

internal static unsafe class Codec
{
    [DllImport("codec")]
    internal static extern nint codec_create_context();

    [DllImport("codec")]
    internal static extern void codec_free_context(nint context);

    [DllImport("codec")]
    internal static extern nuint codec_compress(nint context, byte* target, nuint capacity);

    [DllImport("codec")]
    internal static extern nint codec_open_frame(nint context);
}

public sealed unsafe class Compressor : IDisposable
{
    private nint _context;

    public Compressor()
    {
        _context = Codec.codec_create_context();
    }

    public nuint Compress(Span<byte> target)
    {
        fixed (byte* first = target)
        {
            nuint code = Codec.codec_compress(_context, first, (nuint)target.Length);
            return (nint)code < 0 ? throw new InvalidOperationException() : code;
        }
    }

    public void Dispose()
    {
        Codec.codec_free_context(_context);
        _context = 0;
    }
}

public static class Compressing
{
    public static nuint Drop(byte[] target) => new Compressor().Compress(target); // bad: LIFE003

    public static nuint Use(byte[] target) // good
    {
        using var compressor = new Compressor();
        return compressor.Compress(target);
    }

    public static nint Frame() // good
    {
        nint context = Codec.codec_create_context();
        return Codec.codec_open_frame(context);
    }
}
