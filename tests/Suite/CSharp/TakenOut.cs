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

    public int AskedLater(object gate)
    {
        while (true)
        {
            bool any;
            Frame? frame;
            lock (gate)
            {
                any = _outgoing.TryDequeue(out frame);
            }

            if (!any)
            {
                return 0;
            }

            int length = frame!.Length;
            frame.Dispose();
            if (length > 3)
            {
                return length;
            }
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

public sealed class Registry : IDisposable
{
    private readonly ConcurrentDictionary<int, IMemoryOwner<byte>> _uploads = new();
    private readonly ConcurrentDictionary<string, Frame> _retained = new();

    public void Put(int id, IMemoryOwner<byte> owner)
    {
        if (!_uploads.TryAdd(id, owner))
        {
            owner.Dispose();
        }
    }

    public void Retain(string topic, Frame frame)
    {
        if (_retained.TryRemove(topic, out Frame? old))
        {
            old.Dispose();
        }

        if (!_retained.TryAdd(topic, frame))
        {
            frame.Dispose();
        }
    }

    public bool TryTake(int id, out IMemoryOwner<byte>? owner) => _uploads.TryRemove(id, out owner);

    public Frame? Take(string topic) => _retained.TryRemove(topic, out Frame? frame) ? frame : null;

    /// <summary>Lends: the registry keeps it.</summary>
    public Frame? Look(string topic) => _retained.TryGetValue(topic, out Frame? frame) ? frame : null;

    public void Dispose()
    {
        foreach (int id in _uploads.Keys)
        {
            if (_uploads.TryRemove(id, out IMemoryOwner<byte>? owner))
            {
                owner.Dispose();
            }
        }

        foreach (string topic in _retained.Keys)
        {
            if (_retained.TryRemove(topic, out Frame? frame))
            {
                frame.Dispose();
            }
        }
    }
}

public static class Takers
{
    public static int SizeBad(Registry registry, int id) // bad: LIFE003
    {
        if (!registry.TryTake(id, out IMemoryOwner<byte>? owner))
        {
            return -1;
        }

        return owner!.Memory.Length;
    }

    public static byte[] ExportBad(Registry registry, string topic) // bad: LIFE003
    {
        Frame? frame = registry.Take(topic);
        return frame is null ? Array.Empty<byte>() : frame.Payload.ToArray();
    }

    public static int Size(Registry registry, int id)
    {
        if (!registry.TryTake(id, out IMemoryOwner<byte>? owner))
        {
            return -1;
        }

        using (owner)
        {
            return owner!.Memory.Length;
        }
    }

    public static Memory<byte> View(Registry registry, string topic)
    {
        Frame? frame = registry.Take(topic);
        return frame is null ? default : frame.Payload;
    }

    public static int Looked(Registry registry, string topic)
    {
        Frame? frame = registry.Look(topic);
        return frame?.Length ?? 0;
    }

    public static void Moved(Registry from, Registry to, int id)
    {
        if (from.TryTake(id, out IMemoryOwner<byte>? owner))
        {
            to.Put(id, owner!);
        }
    }

    public static async Task SendAsync(Registry registry, string topic, Func<Memory<byte>, Task> send)
    {
        using Frame? frame = registry.Take(topic);
        if (frame is not null)
        {
            await send(frame.Payload);
        }
    }
}
