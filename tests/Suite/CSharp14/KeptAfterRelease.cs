// weakness: CWE-416
// construct: a block that is put into a collection, or into an object that is returned, after its release

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.KeptAfterRelease;

internal sealed class Idle : IDisposable
{
    private const int Most = 8;
    private readonly Stack<nint> _idle = new();
    private readonly Queue<byte[]> _arrays = new();
    private readonly List<nint> _freed = new();

    public int Freed => _freed.Count;

    public void FreesAndKeeps(nint block) // bad: LIFE007
    {
        if (_idle.Count >= Most)
        {
            Marshal.FreeHGlobal(block);
        }

        _idle.Push(block);
    }

    public void FreesOrKeeps(nint block)
    {
        if (_idle.Count >= Most)
        {
            Marshal.FreeHGlobal(block);
            return;
        }

        _idle.Push(block);
    }

    public void Chooses(nint block)
    {
        if (_idle.Count >= Most)
        {
            Marshal.FreeHGlobal(block);
        }
        else
        {
            _idle.Push(block);
        }
    }

    public void KeepsAnother(nint block, bool isWorn)
    {
        if (isWorn)
        {
            Marshal.FreeHGlobal(block);
            block = Marshal.AllocHGlobal(64);
        }

        _idle.Push(block);
    }

    // The number of what has been freed may be noted.
    public void Notes(nint block)
    {
        Marshal.FreeHGlobal(block);
        _freed.Add(block);
    }

    public void ReturnsAndKeeps(int size) // bad: LIFE007
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(size);
        array[0] = 1;
        ArrayPool<byte>.Shared.Return(array);
        _arrays.Enqueue(array);
    }

    public void ReturnsAndKeepsAnother(int size)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(size);
        array[0] = 1;
        ArrayPool<byte>.Shared.Return(array);
        _arrays.Enqueue(ArrayPool<byte>.Shared.Rent(size));
    }

    public void Dispose()
    {
        while (_idle.TryPop(out nint block))
        {
            Marshal.FreeHGlobal(block);
        }

        while (_arrays.TryDequeue(out byte[]? array))
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}

internal sealed class Frame(byte[] payload, int length) : IDisposable
{
    public ReadOnlySpan<byte> Payload => payload.AsSpan(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(payload);
}

internal sealed class Assembler : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _used;

    public void Add(byte value) => _buffer[_used++] = value;

    public Frame Complete()
    {
        Frame frame = new(_buffer, _used);
        _buffer = ArrayPool<byte>.Shared.Rent(1024);
        _used = 0;
        return frame;
    }

    public Frame Snapshot() // bad: LIFE007
    {
        byte[] array = _buffer;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(1024);
        return new Frame(array, _used);
    }

    public Frame Copy()
    {
        byte[] array = _buffer;
        byte[] copy = ArrayPool<byte>.Shared.Rent(1024);
        array.AsSpan(0, _used).CopyTo(copy);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(1024);
        return new Frame(copy, _used);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
