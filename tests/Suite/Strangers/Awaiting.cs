// weakness: CWE-416
// construct: tasks and waits
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Suite.Strangers.Awaiting;

public readonly record struct Chunk(IMemoryOwner<byte> Owner, int Length);

public static class Owners
{
    public static async Task ConsumeBad(Channel<Chunk> channel, Stream sink) // bad: LIFE007
    {
        await foreach (var chunk in channel.Reader.ReadAllAsync())
        {
            var memory = chunk.Owner.Memory.Slice(0, chunk.Length);
            chunk.Owner.Dispose();
            await sink.WriteAsync(memory);
        }
    }

    public static async Task ConsumeGood(Channel<Chunk> channel, Stream sink)
    {
        await foreach (var chunk in channel.Reader.ReadAllAsync())
        {
            var memory = chunk.Owner.Memory.Slice(0, chunk.Length);
            await sink.WriteAsync(memory);
            chunk.Owner.Dispose();
        }
    }

    public static void TwiceGood(Queue<Chunk> queue)
    {
        var chunk = queue.Dequeue();
        Console.WriteLine(chunk.Owner.Memory.Length);
        chunk.Owner.Dispose();
        Give(chunk);
    }

    private static void Give(Chunk chunk) => chunk.Owner.Dispose();
}

public static class Tasks
{
    public static Task ReturnedBad(int n) // bad: LIFE007
    {
        nint p = Marshal.AllocHGlobal(n);
        var task = Task.Run(() => Fill(p, n));
        Marshal.FreeHGlobal(p);
        return task;
    }

    public static async Task AwaitedBad(int n) // bad: LIFE007
    {
        nint p = Marshal.AllocHGlobal(n);
        var task = Task.Run(() => Fill(p, n));
        Marshal.FreeHGlobal(p);
        await task;
    }

    public static Task FinallyBad(int n) // bad: LIFE007
    {
        nint p = Marshal.AllocHGlobal(n);
        try
        {
            return Task.Run(() => Fill(p, n));
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static async Task AwaitedGood(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        var task = Task.Run(() => Fill(p, n));
        await task;
        Marshal.FreeHGlobal(p);
    }

    public static async Task AllGood(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        Task one = Task.Run(() => Fill(p, n)), other = Task.Run(() => Fill(p, n));
        await Task.WhenAll(one, other);
        Marshal.FreeHGlobal(p);
        await one;
    }

    public static Task WaitedGood(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        var task = Task.Run(() => Fill(p, n));
        try
        {
            task.Wait();
        }
        catch (AggregateException)
        {
            Console.WriteLine("failed");
        }

        Marshal.FreeHGlobal(p);
        return task;
    }

    public static Task<int> ResultGood(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        var task = Task.Run(() => Marshal.ReadInt32(p));
        Console.WriteLine(task.Result);
        Marshal.FreeHGlobal(p);
        return task;
    }

    public static Task ContinuedGood(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        var task = Task.Run(() => Fill(p, n));
        return task.ContinueWith(_ => Marshal.FreeHGlobal(p));
    }

    private static unsafe void Fill(nint p, int n) => new Span<byte>((void*)p, n).Fill(1);
}
