// weakness: none
// construct: correct code, owners and hand-overs
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.RealCode.CorrectOwners;

internal static class Messages
{
    public static async Task ReadLoop(Stream stream, ChannelWriter<Packet> writer, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(1024);
            int read = await stream.ReadAsync(owner.Memory, cancellationToken);
            if (read == 0)
            {
                owner.Dispose();
                break;
            }

            await writer.WriteAsync(new Packet(owner, read), cancellationToken);
        }
    }

    public static async Task Consume(ChannelReader<Packet> reader)
    {
        await foreach (Packet packet in reader.ReadAllAsync())
        {
            using (packet.Owner)
            {
                Io.PrintInt(packet.Owner.Memory.Span[..packet.Length][0]);
            }
        }
    }

    public static void CalleeNullsWhatItTook(Queue<IMemoryOwner<byte>> queue, int size)
    {
        IMemoryOwner<byte>? owner = MemoryPool<byte>.Shared.Rent(size);
        try
        {
            Enqueue(queue, ref owner);
        }
        finally
        {
            owner?.Dispose();
        }
    }

    public static IMemoryOwner<byte> CopyOf(ReadOnlySpan<byte> bytes)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(owner.Memory.Span);
            return owner;
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    public static bool TryRead(Stream stream, int size, out IMemoryOwner<byte>? owner)
    {
        IMemoryOwner<byte> rented = MemoryPool<byte>.Shared.Rent(size);
        if (stream.Read(rented.Memory.Span) < size)
        {
            rented.Dispose();
            owner = null;
            return false;
        }

        owner = rented;
        return true;
    }

    public static (IMemoryOwner<byte> Owner, int Length) ReadAll(Stream stream)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent((int)stream.Length);
        int length = stream.Read(owner.Memory.Span);
        return (owner, length);
    }

    public static int UseTuple(Stream stream)
    {
        (IMemoryOwner<byte> owner, int length) = ReadAll(stream);
        using (owner)
        {
            return owner.Memory.Span[..length].IndexOf((byte)'\n');
        }
    }

    public static void ReplaceInField(Session session, int size)
    {
        IMemoryOwner<byte>? old = session.Buffer;
        session.Buffer = MemoryPool<byte>.Shared.Rent(size);
        old?.Dispose();
    }

    public static void ExchangeInField(Session session, int size)
    {
        IMemoryOwner<byte> fresh = MemoryPool<byte>.Shared.Rent(size);
        session.Swap(fresh)?.Dispose();
    }

    private static void Enqueue(Queue<IMemoryOwner<byte>> queue, ref IMemoryOwner<byte>? owner)
    {
        if (owner is null || queue.Count > 100)
        {
            return;
        }

        queue.Enqueue(owner);
        owner = null;
    }

    internal readonly record struct Packet(IMemoryOwner<byte> Owner, int Length);

    internal sealed class Session : IDisposable
    {
        private IMemoryOwner<byte>? _buffer;

        public IMemoryOwner<byte>? Buffer
        {
            get => _buffer;
            set => _buffer = value;
        }

        public IMemoryOwner<byte>? Swap(IMemoryOwner<byte> fresh) => Interlocked.Exchange(ref _buffer, fresh);

        public void Dispose() => _buffer?.Dispose();
    }
}

internal sealed class BlockPool
{
    private readonly Stack<byte[]> _free = new();

    public byte[] Take()
    {
        lock (_free)
        {
            return _free.TryPop(out byte[]? block) ? block : new byte[4096];
        }
    }

    public void Return(byte[] block)
    {
        lock (_free)
        {
            _free.Push(block);
        }
    }
}

internal sealed class PoolUser
{
    private readonly BlockPool _pool = new();

    public int OwnPoolPair(Stream stream)
    {
        byte[] block = _pool.Take();
        try
        {
            return stream.Read(block, 0, block.Length);
        }
        finally
        {
            _pool.Return(block);
        }
    }

    public int OwnPoolForgotten(Stream stream)
    {
        // Nothing tells that the pool's blocks have to come back: silence.
        byte[] block = _pool.Take();
        return stream.Read(block, 0, block.Length);
    }
}
