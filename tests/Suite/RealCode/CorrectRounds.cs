// weakness: none
// construct: correct code, objects that come round again
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Cases.RealCode.CorrectRounds;

/// <summary>A piece of a sequence: a rented array and how much of it is in use.</summary>
internal struct Segment
{
    private byte[]? _buffer;
    private int _written;

    public Segment(int size)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(size);
        _written = 0;
    }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _written);

    public void Clear()
    {
        if (_buffer != null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = null;
        _written = 0;
    }
}

/// <summary>Each round of the loop looks at another segment.</summary>
internal sealed class Segments
{
    private readonly List<Segment> _segments = new();

    public void Add(int size) => _segments.Add(new Segment(size));

    public void Drain(Span<byte> target)
    {
        foreach (Segment segment in CollectionsMarshal.AsSpan(_segments))
        {
            segment.Written.CopyTo(target);
            target = target[segment.Written.Length..];
            segment.Clear();
        }

        _segments.Clear();
    }
}

/// <summary>A writer that is used again: it gives its buffer back and takes another.</summary>
internal sealed class ReusedWriter
{
    private byte[]? _array = ArrayPool<byte>.Shared.Rent(256);

    public ReadOnlyMemory<byte> Written => _array.AsMemory();

    public void Reset()
    {
        if (_array != null)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = ArrayPool<byte>.Shared.Rent(256);
    }
}

/// <summary>Each publication may find another writer.</summary>
internal sealed class Publisher
{
    private readonly Dictionary<string, ReusedWriter> _writers = new();

    public void Publish(string subject, Stream target)
    {
        ReusedWriter writer = _writers[subject];
        target.Write(writer.Written.Span);
        writer.Reset();
    }
}

internal static class Publications
{
    public static void Many(Publisher publisher, Stream target)
    {
        byte[] header = ArrayPool<byte>.Shared.Rent(16);
        for (int i = 0; i < 10; i++)
        {
            target.Write(header);
            publisher.Publish(i.ToString(), target);
        }

        ArrayPool<byte>.Shared.Return(header);
    }
}

/// <summary>Lends buffers and gets them back.</summary>
internal sealed class LendingPool
{
    private readonly Stack<IMemoryOwner<byte>> _free = new();

    public Loan Lend()
    {
        lock (_free)
        {
            if (_free.Count > 0)
            {
                return new Loan(this, _free.Pop());
            }
        }

        return new Loan(this, MemoryPool<byte>.Shared.Rent(1024));
    }

    private void TakeBack(IMemoryOwner<byte> buffer)
    {
        lock (_free)
        {
            _free.Push(buffer);
        }
    }

    /// <summary>Knows the pool that lent it; the default value has none.</summary>
    internal readonly struct Loan : IDisposable
    {
        private readonly LendingPool? _owner;

        public Loan(LendingPool owner, IMemoryOwner<byte> value)
        {
            _owner = owner;
            Value = value;
        }

        public IMemoryOwner<byte> Value { get; }

        public void Dispose() => _owner?.TakeBack(Value);
    }
}

internal sealed class Lending
{
    public LendingPool Pool { get; set; } = new();

    public int Measure(bool small)
    {
        using (LendingPool.Loan loan = Pool.Lend())
        {
            if (small)
            {
                return 0;
            }

            return loan.Value.Memory.Length;
        }
    }
}

/// <summary>An owner that is used again for another block.</summary>
internal sealed unsafe class ReusedOwner : IDisposable
{
    private void* _block;

    public void Assign(void* block) => _block = block;

    public void Dispose()
    {
        if (_block != null)
        {
            NativeMemory.AlignedFree(_block);
            _block = null;
            ReusedOwners.Return(this);
        }
    }
}

/// <summary>The owner that the pool finds has the block from then on.</summary>
internal static unsafe class ReusedOwners
{
    private static readonly Dictionary<int, ReusedOwner> Free = new();

    public static ReusedOwner Get(void* block)
    {
        ReusedOwner owner = Free[Free.Count - 1];
        owner.Assign(block);
        return owner;
    }

    public static void Return(ReusedOwner owner) => Free[Free.Count] = owner;

    public static ReusedOwner Allocate(int size)
    {
        void* block = NativeMemory.AlignedAlloc((nuint)size, 64);
        return Get(block);
    }
}

/// <summary>Two fields for one array: one to write to, one to return.</summary>
internal sealed class TwiceHeldBuilder : IDisposable
{
    private char[]? _toReturn;
    private char[] _chars;
    private int _position;

    public TwiceHeldBuilder(char[] initial) => _chars = initial;

    public TwiceHeldBuilder(int capacity)
    {
        _toReturn = ArrayPool<char>.Shared.Rent(capacity);
        _chars = _toReturn;
    }

    public void Append(char value)
    {
        if (_position == _chars.Length)
        {
            Grow();
        }

        _chars[_position++] = value;
    }

    public override string ToString() => new(_chars, 0, _position);

    public void Dispose()
    {
        char[]? toReturn = _toReturn;
        if (toReturn != null)
        {
            ArrayPool<char>.Shared.Return(toReturn);
        }
    }

    private void Grow()
    {
        char[] grown = ArrayPool<char>.Shared.Rent(_chars.Length * 2);
        _chars.AsSpan(0, _position).CopyTo(grown);
        char[]? toReturn = _toReturn;
        _chars = _toReturn = grown;
        if (toReturn != null)
        {
            ArrayPool<char>.Shared.Return(toReturn);
        }
    }
}

internal struct Elements
{
    public uint Count;
    public nint First;
}

/// <summary>A number, or the elements of a vector, in the same place.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct Variant
{
    private const ushort Vector = 0x1000;

    [FieldOffset(0)]
    private ushort _kind;

    [FieldOffset(8)]
    private float _number;

    [FieldOffset(8)]
    private Elements _elements;

    public void Set(object value)
    {
        if (value is byte[] bytes)
        {
            _kind = 17 | Vector;
            _elements.First = Marshal.AllocCoTaskMem(bytes.Length);
            _elements.Count = (uint)bytes.Length;
            Marshal.Copy(bytes, 0, _elements.First, bytes.Length);
        }
        else
        {
            _kind = 4;
            _number = (float)value;
        }
    }

    public readonly void Clear()
    {
        if ((_kind & Vector) != 0)
        {
            Marshal.FreeCoTaskMem(_elements.First);
        }
    }
}

internal static class Variants
{
    [DllImport("native")]
    private static extern int bag_write(nint bag, ref Variant value);

    public static void Write(nint bag, object? first, object? second)
    {
        Variant value = default;
        if (first != null)
        {
            try
            {
                value.Set(first);
                _ = bag_write(bag, ref value);
            }
            finally
            {
                value.Clear();
            }
        }

        if (second != null)
        {
            try
            {
                value.Set(second);
                _ = bag_write(bag, ref value);
            }
            finally
            {
                value.Clear();
            }
        }
    }
}
