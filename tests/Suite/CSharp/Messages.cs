// weakness: CWE-415
// construct: blocks that go into a queue in a message or tuple
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Cases.Messages;

internal sealed class Message : IDisposable
{
    private readonly IMemoryOwner<byte> _owner;

    public Message(IMemoryOwner<byte> owner, int length)
    {
        _owner = owner;
        Length = length;
    }

    public int Length { get; }

    public ReadOnlyMemory<byte> Content => _owner.Memory.Slice(0, Length);

    public void Dispose() => _owner.Dispose();
}

internal static class Senders
{
    public static async Task SentAndDisposedBad(ChannelWriter<Message> writer, Stream source) // bad: LIFE006
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(256);
        int length = await source.ReadAsync(owner.Memory);
        await writer.WriteAsync(new Message(owner, length));
        owner.Dispose();
    }

    public static void MessageDisposedBad(ConcurrentQueue<Message> queue) // bad: LIFE006
    {
        var message = new Message(MemoryPool<byte>.Shared.Rent(256), 256);
        queue.Enqueue(message);
        message.Dispose();
    }

    public static void TupleBad(ConcurrentQueue<(byte[] Buffer, int Length)> queue, Stream source) // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
        queue.Enqueue((buffer, source.Read(buffer, 0, 256)));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void AddedBad(BlockingCollection<byte[]> queue, Stream source) // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
        _ = source.Read(buffer, 0, 256);
        queue.Add(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void TakenAllTheSameBad(BlockingCollection<byte[]> queue, Stream source) // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
        _ = source.Read(buffer, 0, 256);
        if (queue.TryAdd(buffer))
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void RefusedGood(BlockingCollection<byte[]> queue, Stream source)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
        _ = source.Read(buffer, 0, 256);
        if (!queue.TryAdd(buffer))
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task SentGood(ChannelWriter<Message> writer, Stream source)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(256);
        try
        {
            int length = await source.ReadAsync(owner.Memory);
            await writer.WriteAsync(new Message(owner, length));
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    public static void TakenOutAgainGood(List<Message> active, Stream target)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(256);
        var message = new Message(owner, 256);
        active.Add(message);
        target.Write(message.Content.Span);
        active.Remove(message);
        owner.Dispose();
    }
}
