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
