// weakness: mixed
// construct: objects with finalizers that fill their fields again, pools made on demand
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;

namespace Cases.RealCode.RefilledObjects;

/// <summary>Pins a buffer, and another one when that is too small; the finalizer lets go of the last.</summary>
internal sealed unsafe class PinnedReader : IDisposable
{
    private readonly Stream _stream;
    private GCHandle _pin;
    private byte[] _buffer = Array.Empty<byte>();

    public PinnedReader(Stream stream)
    {
        _stream = stream;
        Grow(512);
    }

    ~PinnedReader() => Unpin();

    public int Length { get; private set; }

    public byte* Fetch(int size)
    {
        if (size > _buffer.Length)
        {
            Grow(size);
        }

        Length = _stream.Read(_buffer, 0, size);
        fixed (byte* start = _buffer)
        {
            return start;
        }
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Unpin();
    }

    private void Unpin()
    {
        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
    }

    private void Grow(int size)
    {
        Unpin();
        _buffer = new byte[size];
        _pin = GCHandle.Alloc(_buffer, GCHandleType.Pinned);
    }
}

internal sealed unsafe class ImageFile : IDisposable
{
    private readonly PinnedReader _reader;

    public ImageFile(string path)
    {
        _reader = new PinnedReader(File.OpenRead(path));
        byte* header = _reader.Fetch(1024);
        if (_reader.Length < 512)
        {
            throw new InvalidOperationException("no header");
        }

        Size = *header;
    }

    public int Size { get; }

    public void Dispose() => _reader.Dispose();
}

/// <summary>Both functions make the pool when there is none: it is one.</summary>
internal sealed class Results
{
    private ArrayPool<string>? _pool;

    public int Count(string text)
    {
        string[] results = Rent();
        results[0] = text;
        int count = results[0].Length;
        Return(results);
        return count;
    }

    private string[] Rent()
    {
        _pool ??= ArrayPool<string>.Create(64, 4);
        return _pool.Rent(64);
    }

    private void Return(string[] results)
    {
        _pool ??= ArrayPool<string>.Create(64, 4);
        _pool.Return(results);
    }
}

internal sealed class TwoPools
{
    private readonly ArrayPool<string> _texts = ArrayPool<string>.Create(64, 4);
    private readonly ArrayPool<string> _names = ArrayPool<string>.Create(64, 4);

    public int CountBad(string text) // bad: LIFE008
    {
        string[] results = Rent();
        results[0] = text;
        int count = results[0].Length;
        Return(results);
        return count;
    }

    private string[] Rent() => _texts.Rent(64);

    private void Return(string[] results) => _names.Return(results);
}
