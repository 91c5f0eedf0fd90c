// weakness: CWE-415
// construct: blocks that go into a queue or channel of somebody else
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.Givings;

internal sealed class Pump
{
    private readonly Channel<IMemoryOwner<byte>> _channel = Channel.CreateBounded<IMemoryOwner<byte>>(4);
    private readonly ConcurrentQueue<byte[]> _queue = new();

    public async Task WrittenAndDisposedBad(Stream input, CancellationToken stop) // bad: LIFE006|LIFE007
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        await input.ReadAsync(owner.Memory, stop);
        await _channel.Writer.WriteAsync(owner, stop);
    }

    public async Task WrittenOrDisposedGood(Stream input, CancellationToken stop)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        try
        {
            await input.ReadAsync(owner.Memory, stop);
            await _channel.Writer.WriteAsync(owner, stop);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    public void RefusedBad() // bad: LIFE003|LIFE004|LIFE016
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        if (!_channel.Writer.TryWrite(owner))
        {
            Io.PrintLine("dropped");
        }
    }

    public void RefusedGood()
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        if (!_channel.Writer.TryWrite(owner))
        {
            owner.Dispose();
        }
    }

    public void NotAskedGood()
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        _channel.Writer.TryWrite(owner);
    }

    public async Task UntilTakenGood(CancellationToken stop)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(64);
        while (await _channel.Writer.WaitToWriteAsync(stop))
        {
            if (_channel.Writer.TryWrite(owner))
            {
                return;
            }
        }

        owner.Dispose();
    }

    public void QueuedAndReturnedBad() // bad: LIFE006|LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        _queue.Enqueue(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public void QueuedGood()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        _queue.Enqueue(buffer);
    }

    private void Drain()
    {
        while (_queue.TryDequeue(out byte[]? buffer))
        {
            Io.PrintInt(buffer.Length);
        }
    }

    public void DrainedBeforeGood()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        _queue.Enqueue(buffer);
        Drain();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public async Task AnsweredBeforeGood(Task answer)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        _queue.Enqueue(buffer);
        await answer;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void ListOfCallerBad(List<nint> blocks) // bad: LIFE006|LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        blocks.Add(block);
        Marshal.FreeHGlobal(block);
    }

    public static void TakenBackGood(List<nint> blocks)
    {
        nint block = Marshal.AllocHGlobal(8);
        blocks.Add(block);
        blocks.Remove(block);
        Marshal.FreeHGlobal(block);
    }
}
