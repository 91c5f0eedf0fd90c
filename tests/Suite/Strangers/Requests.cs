// weakness: CWE-401
// construct: servers: request memory, handlers, background loops, caches
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using LifetimeAnalyzers;
using Suite.Support;

namespace Strangers.Requests;

internal sealed record Job(nint Payload, int Length);

internal sealed class Buffers
{
    private readonly ConcurrentBag<byte[]> _spare = [];

    [Allocates("buffers")]
    public byte[] Take() => _spare.TryTake(out byte[]? spare) ? spare : new byte[4096];

    [Releases("buffers")]
    public void Give(byte[] buffer) => _spare.Add(buffer);
}

internal sealed class JobQueue : IDisposable
{
    private readonly Queue<Job> _jobs = new();

    public void Post([Owned] nint payload, int length)
    {
        lock (_jobs)
        {
            _jobs.Enqueue(new Job(payload, length));
        }
    }

    public bool TryTake(out Job? job)
    {
        lock (_jobs)
        {
            return _jobs.TryDequeue(out job);
        }
    }

    public void Dispose()
    {
        while (TryTake(out Job? job))
        {
            Marshal.FreeHGlobal(job!.Payload);
        }
    }
}

internal static class Requests
{
    [RequestHandler]
    public static void HandleBad(int size) // bad: LIFE001
    {
        nint block = Heap.Malloc((nuint)size);
        Marshal.WriteByte(block, 1);
    }

    [RequestHandler]
    public static void HandleGood(int size)
    {
        nint block = Heap.Emalloc((nuint)size);
        Marshal.WriteByte(block, 1);
    }

    [RequestHandler]
    public static void HandleMixedBad(int size) // bad: LIFE008
    {
        nint block = Heap.Malloc((nuint)size);
        Marshal.WriteByte(block, 1);
        Heap.Efree(block);
    }

    [RequestHandler]
    public static void HandleEfreeTwiceBad(int size) // bad: LIFE006
    {
        nint block = Heap.Emalloc((nuint)size);
        Heap.Efree(block);
        Heap.Efree(block);
    }

    [RequestHandler]
    public static int HandleEfreeThenReadBad(int size) // bad: LIFE007
    {
        nint block = Heap.Emalloc((nuint)size);
        Heap.Efree(block);
        return Marshal.ReadInt32(block);
    }

    [PersistentServer]
    public static void ServeBad(Func<int> next) // bad: LIFE002
    {
        while (true)
        {
            nint block = Heap.Emalloc((nuint)next());
            Marshal.WriteByte(block, 1);
        }
    }

    [PersistentServer]
    public static void ServeGood(Func<int> next)
    {
        while (true)
        {
            using RequestScope scope = RequestScope.Begin();
            nint block = Heap.Emalloc((nuint)next());
            Marshal.WriteByte(block, 1);
        }
    }

    [PersistentServer]
    public static void ServeFreesGood(Func<int> next)
    {
        while (true)
        {
            int size = next();
            nint block = Heap.Emalloc((nuint)size);
            Marshal.WriteByte(block, 1);
            Heap.Efree(block);
        }
    }

    public static void ScopeEndBad(int size) // bad: LIFE007|LIFE010
    {
        nint block;
        using (RequestScope scope = RequestScope.Begin())
        {
            block = scope.Emalloc((nuint)size);
        }

        Marshal.WriteByte(block, 1);
    }

    public static void ReallocGood(int size)
    {
        nint block = Heap.Malloc((nuint)size);
        block = Heap.Realloc(block, (nuint)size * 2);
        Heap.Free(block);
    }

    public static void ReallocLostBad(int size) // bad: LIFE006|LIFE007
    {
        nint block = Heap.Malloc((nuint)size);
        nint bigger = Heap.Realloc(block, (nuint)size * 2);
        Heap.Free(block);
        Heap.Free(bigger);
    }

    public static void PostGood(JobQueue queue, int size)
    {
        nint payload = Marshal.AllocHGlobal(size);
        Marshal.WriteByte(payload, 7);
        queue.Post(payload, size);
    }

    public static void PostThenFreeBad(JobQueue queue, int size) // bad: LIFE006|LIFE007|LIFE017
    {
        nint payload = Marshal.AllocHGlobal(size);
        Marshal.FreeHGlobal(payload);
        queue.Post(payload, size);
    }

    public static void PostSometimesBad(JobQueue queue, int size) // bad: LIFE004|LIFE003
    {
        nint payload = Marshal.AllocHGlobal(size);
        if (size < 100)
        {
            queue.Post(payload, size);
        }
    }

    public static void DrainGood(JobQueue queue)
    {
        while (queue.TryTake(out Job? job))
        {
            Io.PrintInt(job!.Length);
            Marshal.FreeHGlobal(job.Payload);
        }
    }

    public static int OwnPoolGood(Buffers buffers, Stream stream)
    {
        byte[] buffer = buffers.Take();
        try
        {
            return stream.Read(buffer);
        }
        finally
        {
            buffers.Give(buffer);
        }
    }

    public static int OwnPoolBad(Buffers buffers, Stream stream) // bad: LIFE004|LIFE003
    {
        byte[] buffer = buffers.Take();
        int read = stream.Read(buffer);
        if (read == 0)
        {
            return -1;
        }

        buffers.Give(buffer);
        return read;
    }

    public static int OwnPoolWrongBad(Buffers buffers, Stream stream) // bad: LIFE008
    {
        byte[] buffer = buffers.Take();
        int read = stream.Read(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
        return read;
    }

    public static int OwnPoolTwiceBad(Buffers buffers, Stream stream) // bad: LIFE006
    {
        byte[] buffer = buffers.Take();
        int read = stream.Read(buffer);
        if (read == 0)
        {
            buffers.Give(buffer);
        }

        buffers.Give(buffer);
        return read;
    }

    public static async Task EchoGood(NetworkStream stream, CancellationToken token)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, token)) != 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task TimeoutBad(NetworkStream stream) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
        Task<int> reading = stream.ReadAsync(buffer, 0, 1024);
        await Task.WhenAny(reading, Task.Delay(1000));
        ArrayPool<byte>.Shared.Return(buffer);
        Io.PrintInt(await reading);
    }

    public static async Task TimeoutGood(NetworkStream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
        Task<int> reading = stream.ReadAsync(buffer, 0, 1024);
        Task first = await Task.WhenAny(reading, Task.Delay(1000));
        if (first == reading)
        {
            await reading;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void FireAndForgetBad(byte[] data) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(data.Length);
        _ = Task.Run(() => Marshal.Copy(data, 0, block, data.Length));
        Marshal.FreeHGlobal(block);
    }

    public static async Task RunAwaitedGood(byte[] data)
    {
        nint block = Marshal.AllocHGlobal(data.Length);
        await Task.Run(() => Marshal.Copy(data, 0, block, data.Length));
        Marshal.FreeHGlobal(block);
    }

    public static Task HandOverGood(byte[] data)
    {
        nint block = Marshal.AllocHGlobal(data.Length);
        return Task.Run(() =>
        {
            Marshal.Copy(data, 0, block, data.Length);
            Marshal.FreeHGlobal(block);
        });
    }

    public static async ValueTask<int> PooledChannelGood(Channel<byte[]> channel)
    {
        byte[] item = ArrayPool<byte>.Shared.Rent(16);
        if (!channel.Writer.TryWrite(item))
        {
            ArrayPool<byte>.Shared.Return(item);
            return 0;
        }

        byte[] received = await channel.Reader.ReadAsync();
        ArrayPool<byte>.Shared.Return(received);
        return 1;
    }

    public static void ParallelGood(int n)
    {
        Parallel.For(0, n, i =>
        {
            nint block = Marshal.AllocHGlobal(i);
            Marshal.WriteByte(block, 0);
            Marshal.FreeHGlobal(block);
        });
    }

    public static void ParallelBad(int n)
    {
        Parallel.For(0, n, Body);

        static void Body(int i) // bad: LIFE003
        {
            nint block = Marshal.AllocHGlobal(i);
            Marshal.WriteByte(block, 0);
        }
    }
}
