// weakness: CWE-401
// construct: fields that point into the block of another field
#nullable enable
using System;
using System.Runtime.InteropServices;

namespace Cases.FieldsWithinBlocks;

internal sealed unsafe class ByteRing : IDisposable
{
    private byte* _first;
    private byte* _end;
    private byte* _in;
    private byte* _out;

    public ByteRing(int size)
    {
        _first = (byte*)NativeMemory.Alloc((nuint)size);
        _end = _first + size;
        _in = _out = _first;
    }

    public void Grow(int size)
    {
        var next = (byte*)NativeMemory.Alloc((nuint)size);
        var to = next;
        while (_out != _in)
        {
            *to++ = *_out++;
        }

        NativeMemory.Free(_first);
        _first = _out = next;
        _in = to;
        _end = next + size;
    }

    public void Dispose()
    {
        NativeMemory.Free(_first);
        _first = _end = _in = _out = null;
    }
}

internal sealed unsafe class Bump : IDisposable
{
    private Chunk* _chunks;
    private byte* _next;
    private byte* _limit;

    public void* Take(int size)
    {
        if (_next + size > _limit)
        {
            var chunk = (Chunk*)NativeMemory.Alloc((nuint)(size + 4096));
            chunk->Before = _chunks;
            _chunks = chunk;
            _next = (byte*)(chunk + 1);
            _limit = (byte*)chunk + size + 4096;
        }

        var taken = _next;
        _next += size;
        return taken;
    }

    public void Dispose()
    {
        for (var chunk = _chunks; chunk != null;)
        {
            var before = chunk->Before;
            NativeMemory.Free(chunk);
            chunk = before;
        }

        _chunks = null;
        _next = _limit = null;
    }

    private struct Chunk
    {
        public Chunk* Before;
    }
}

internal sealed unsafe class NumberStack : IDisposable
{
    private readonly int* _floor;
    private int* _top;

    public NumberStack(int size)
    {
        _floor = (int*)NativeMemory.Alloc((nuint)size, sizeof(int));
        _top = _floor;
    }

    public void Push(int number) => *_top++ = number;

    public void Clear() => _top = _floor;

    public void Dispose()
    {
        NativeMemory.Free(_floor);
        _top = null;
    }
}

internal sealed unsafe class Forgotten : IDisposable
{
    private byte* _start;
    private byte* _at;

    public Forgotten(int size)
    {
        _start = (byte*)NativeMemory.Alloc((nuint)size); // bad: LIFE013
        _at = _start;
    }

    public byte Next() => *_at++;

    public void Dispose()
    {
        _start = null;
        _at = null;
    }
}

internal sealed unsafe class TwoBlocks : IDisposable
{
    private byte* _start;
    private byte* _at;

    public TwoBlocks(int size)
    {
        _start = (byte*)NativeMemory.Alloc((nuint)size);
        _at = _start;
    }

    public void Detach(int size)
    {
        _at = (byte*)NativeMemory.Alloc((nuint)size);
    }

    public void Dispose() // bad: LIFE013
    {
        NativeMemory.Free(_start);
        _start = null;
        _at = null;
    }
}

internal sealed unsafe class HalfReleased : IDisposable
{
    private byte* _head;
    private byte* _tail;

    public HalfReleased(int size)
    {
        _head = (byte*)NativeMemory.Alloc((nuint)size);
        _tail = (byte*)NativeMemory.Alloc((nuint)size);
    }

    public void Write(byte value) => *_head = *_tail = value;

    public void Dispose() // bad: LIFE013
    {
        NativeMemory.Free(_head);
        _head = _tail = null;
    }
}
