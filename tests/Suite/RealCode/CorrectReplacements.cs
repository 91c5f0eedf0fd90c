// weakness: none
// construct: buffers that calls replace, as writers and readers of real libraries do it
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RealCode.Replacements;

internal sealed class TwoFaced
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16);
    private Memory<byte> _output;

    public void WriteGood(int n, int k)
    {
        while (n-- > 0)
        {
            if (_output.Length < 5)
            {
                Grow();
            }

            _output.Span[0] = 1;
            _output = _output[1..];
            if (k == n)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(64);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        _output = _buffer;
    }
}

internal sealed class Segments : IDisposable
{
    private readonly ArrayPool<byte> _pool;
    private readonly Stack<Segment> _free = new();
    private Segment? _first;
    private Segment? _last;

    public Segments()
        : this(ArrayPool<byte>.Create())
    {
    }

    public Segments(ArrayPool<byte> pool) => _pool = pool;

    public static void FillGood(Segments segments, int n)
    {
        while (n-- > 0)
        {
            Span<byte> span = segments.GetSpan(n);
            span[0] = 1;
        }
    }

    public Span<byte> GetSpan(int size)
    {
        Segment next = _free.Count > 0 ? _free.Pop() : new Segment();
        next.Array = _pool.Rent(size);
        if (_last is null)
        {
            _first = _last = next;
        }
        else
        {
            Segment old = _last;
            _first = next;
            Recycle(old);
            _last = next;
        }

        return next.Array;
    }

    public void Dispose()
    {
        Segment? current = _first;
        while (current is not null)
        {
            current = Recycle(current);
        }

        _first = _last = null;
    }

    private Segment? Recycle(Segment segment)
    {
        Segment? next = segment.Next;
        segment.Reset(_pool);
        _free.Push(segment);
        return next;
    }

    private sealed class Segment
    {
        public byte[]? Array { get; set; }

        public Segment? Next { get; set; }

        public void Reset(ArrayPool<byte> pool)
        {
            if (Array is not null)
            {
                pool.Return(Array);
                Array = null;
            }
        }
    }
}

internal sealed class PooledWriter
{
    private readonly ArrayPool<byte> _pool = ArrayPool<byte>.Shared;
    private byte[]? _array;

    public void Reset()
    {
        if (_array != null)
        {
            _pool.Return(_array);
        }

        _array = _pool.Rent(256);
    }
}

internal static class ForeignFields
{
    public static void ResetGood(PooledWriter writer, Action action)
    {
        try
        {
            action();
        }
        finally
        {
            writer.Reset();
        }
    }
}

internal ref struct Reader
{
    private byte[]? _rented;
    private ReadOnlySpan<byte> _current;
    private int _left;

    public int Read()
    {
        ref byte source = ref GetReference(4);
        int value = Unsafe.ReadUnaligned<int>(ref source);
        Advance(4);
        return value;
    }

    public void Dispose()
    {
        if (_rented != null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }

    private ref byte GetReference(int size)
    {
        if (size <= _left)
        {
            return ref MemoryMarshal.GetReference(_current);
        }

        if (_rented != null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }

        _rented = ArrayPool<byte>.Shared.Rent(size);
        _current = _rented;
        return ref MemoryMarshal.GetReference(_current);
    }

    private void Advance(int count)
    {
        if (_left < count)
        {
            throw new InvalidOperationException();
        }

        _left -= count;
        _current = _current[count..];
    }
}
