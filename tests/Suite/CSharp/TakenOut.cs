// weakness: CWE-401
// construct: what is taken out of queues and channels and disposed of on one way only

using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Suite.TakenOut;

public sealed class Frame : IDisposable
{
    private readonly IMemoryOwner<byte> _owner = MemoryPool<byte>.Shared.Rent(64);

    public int Length { get; set; }

    public int References { get; set; }

    public bool IsEmpty => Length == 0;

    public Memory<byte> Payload => _owner.Memory[..Length];

    public void Dispose() => _owner.Dispose();
}

public sealed class Sender
{
    private readonly ConcurrentQueue<Frame> _outgoing = new();
    private readonly Queue<Frame> _retry = new();
    private Frame? _last;

    public void Add(Frame frame) => _outgoing.Enqueue(frame);

    public int TotalBad(int maximum) // bad: LIFE004
    {
        int sum = 0;
        while (_outgoing.TryDequeue(out Frame? frame))
        {
            if (frame.Length > maximum)
            {
                continue;
            }

            sum += frame.Payload.Span[0];
            frame.Dispose();
        }

        return sum;
    }

    public void FirstBad(int maximum) // bad: LIFE004
    {
        if (!_outgoing.TryDequeue(out Frame? frame))
        {
            return;
        }

        if (frame.Length > maximum)
        {
            return;
        }

        frame.Dispose();
    }

    public static async Task ReceiveBad(ChannelReader<Frame> reader, int maximum) // bad: LIFE004
    {
        Frame frame = await reader.ReadAsync();
        if (frame.Length > maximum)
        {
            throw new InvalidOperationException("too long");
        }

        frame.Dispose();
    }

    public void RequeueBad(int limit) // bad: LIFE004
    {
        int n = _retry.Count;
        while (n-- > 0 && _retry.TryDequeue(out Frame? frame))
        {
            if (frame.Length > limit)
            {
                Console.Error.WriteLine("given up: " + frame.Length);
                continue;
            }

            _retry.Enqueue(frame);
        }
    }

    public void Total(int maximum)
    {
        while (_outgoing.TryDequeue(out Frame? frame))
        {
            using (frame)
            {
                if (frame.Length > maximum)
                {
                    continue;
                }

                frame.Length = 0;
            }
        }
    }

    public void Sort(Queue<Frame> longOnes, int maximum)
    {
        while (_outgoing.TryDequeue(out Frame? frame))
        {
            if (frame.Length > maximum)
            {
                longOnes.Enqueue(frame);
                continue;
            }

            frame.Dispose();
        }
    }

    /// <summary>The frame itself says that others still use it.</summary>
    public void Counted()
    {
        while (_outgoing.TryDequeue(out Frame? frame))
        {
            if (frame.References > 0)
            {
                continue;
            }

            frame.Dispose();
        }
    }

    public void EmptyOnes()
    {
        while (_outgoing.TryDequeue(out Frame? frame))
        {
            if (frame.IsEmpty)
            {
                continue;
            }

            frame.Dispose();
        }
    }

    public void OneOrTheOther(bool first)
    {
        if (_outgoing.TryDequeue(out Frame? frame))
        {
            if (first)
            {
                frame.Dispose();
            }

            if (!first)
            {
                frame.Dispose();
            }
        }
    }

    public Frame? Next(int minimum)
    {
        if (!_outgoing.TryDequeue(out Frame? frame))
        {
            return null;
        }

        if (frame.Length < minimum)
        {
            frame.Dispose();
            return null;
        }

        return frame;
    }

    public void Keep(int minimum)
    {
        Frame frame = _retry.Dequeue();
        if (frame.Length < minimum)
        {
            frame.Dispose();
            return;
        }

        _last?.Dispose();
        _last = frame;
    }

    public void Guarded(int minimum)
    {
        Frame frame = _retry.Dequeue();
        try
        {
            if (frame.Length < minimum)
            {
                return;
            }

            frame.Length++;
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>What one round leaves the next one releases.</summary>
    public void Rounds(int count)
    {
        Frame? frame = null;
        while (count-- > 0)
        {
            frame?.Dispose();
            frame = _retry.Dequeue();
            if (frame.Length > 3)
            {
                continue;
            }

            frame.Length = 3;
        }

        frame?.Dispose();
    }
}

public sealed class Outbox
{
    private readonly Channel<Frame> _bounded = Channel.CreateBounded<Frame>(100);
    private readonly Channel<Frame> _unbounded = Channel.CreateUnbounded<Frame>();

    public void PostUnasked(int length) // info: LIFE016
    {
        var frame = new Frame { Length = length };
        _bounded.Writer.TryWrite(frame);
    }

    public void Post(int length)
    {
        var frame = new Frame { Length = length };
        if (!_bounded.Writer.TryWrite(frame))
        {
            frame.Dispose();
        }
    }

    public void PostAlways(int length) => _unbounded.Writer.TryWrite(new Frame { Length = length });
}
