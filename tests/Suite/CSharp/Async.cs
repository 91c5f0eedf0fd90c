// weakness: mixed
// construct: async and await
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.Async;

internal static class Awaiting
{
    public static async Task FinallyGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            await stream.ReadAsync(buffer, CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task AcrossAwaitBad(Stream stream) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(16);
        await stream.FlushAsync();
        Marshal.FreeHGlobal(block);
    }

    public static async Task AcrossAwaitGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(16);
        try
        {
            await stream.FlushAsync();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async Task NeverFreedBad(Stream stream) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(16);
        await stream.FlushAsync();
        Marshal.WriteByte(block, 1);
    }

    public static async Task<int> EarlyReturnBad(Stream stream, byte[] bytes) // bad: LIFE004
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        int read = await stream.ReadAsync(bytes).ConfigureAwait(false);
        if (read == 0)
        {
            return 0;
        }

        handle.Free();
        return read;
    }

    public static async Task<int> EarlyReturnGood(Stream stream, byte[] bytes)
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            int read = await stream.ReadAsync(bytes).ConfigureAwait(false);
            if (read == 0)
            {
                return 0;
            }

            return read;
        }
        finally
        {
            handle.Free();
        }
    }

    public static async Task DoubleReturnBad(Stream stream) // bad: LIFE006
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        try
        {
            await stream.WriteAsync(buffer);
            ArrayPool<byte>.Shared.Return(buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task UseAfterReturnBad(Stream stream) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        await stream.WriteAsync(buffer.AsMemory(0, 16));
    }

    public static async Task ReturnedWhilePendingBad(Stream stream) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        Task<int> pending = stream.ReadAsync(buffer, 0, 16);
        ArrayPool<byte>.Shared.Return(buffer);
        await pending;
    }

    public static async Task ReturnedAfterPendingGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        Task<int> pending = stream.ReadAsync(buffer, 0, 16);
        await pending;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static async Task OwnerUsingGood(Stream stream)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(128);
        int read = await stream.ReadAsync(owner.Memory);
        Io.PrintInt(read);
    }

    public static async Task<nint> ReturnsOwnedGood(Stream stream)
    {
        await stream.FlushAsync();
        return Marshal.AllocHGlobal(16);
    }

    public static async Task LosesReturnedBad(Stream stream) // bad: LIFE003|LIFE004
    {
        nint block = await ReturnsOwnedGood(stream);
        Marshal.WriteByte(block, 1);
    }

    public static async Task FreesReturnedGood(Stream stream)
    {
        nint block = await ReturnsOwnedGood(stream);
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static async Task FreedByAsyncCalleeGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(16);
        await WriteAndFreeAsync(stream, block);
    }

    public static async Task FreedByAsyncCalleeAndHereBad(Stream stream) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(16);
        await WriteAndFreeAsync(stream, block);
        Marshal.FreeHGlobal(block);
    }

    public static async Task CancellationBad(CancellationToken token) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(16);
        await Task.Delay(10, token);
        Marshal.FreeHGlobal(block);
    }

    public static async Task CancellationCaughtGood(CancellationToken token)
    {
        nint block = Marshal.AllocHGlobal(16);
        try
        {
            await Task.Delay(10, token);
        }
        catch (OperationCanceledException)
        {
            Io.PrintLine("cancelled");
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async Task RunGood()
    {
        nint block = Marshal.AllocHGlobal(16);
        try
        {
            await Task.Run(() => Marshal.WriteByte(block, 1));
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async Task FreedInRunGood()
    {
        nint block = Marshal.AllocHGlobal(16);
        await Task.Run(() => Marshal.FreeHGlobal(block));
    }

    public static void FireAndForgetBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(16);
        _ = Task.Run(() => Marshal.WriteByte(block, 1));
        Marshal.FreeHGlobal(block);
    }

    public static void FireAndForgetThatFreesGood()
    {
        nint block = Marshal.AllocHGlobal(16);
        _ = Task.Run(() =>
        {
            Marshal.WriteByte(block, 1);
            Marshal.FreeHGlobal(block);
        });
    }

    public static async ValueTask EmallocAcrossAwaitGood(Stream stream)
    {
        nint block = Heap.Emalloc(16);
        await stream.FlushAsync();
        Heap.Efree(block);
    }

    public static async Task AwaitInLoopBad(Stream[] streams) // bad: LIFE003|LIFE004
    {
        foreach (Stream stream in streams)
        {
            nint block = Marshal.AllocHGlobal(16);
            await stream.FlushAsync();
            Marshal.WriteByte(block, 1);
        }
    }

    public static async Task WhenAllGood(Stream first, Stream second)
    {
        byte[] left = ArrayPool<byte>.Shared.Rent(16);
        byte[] right = ArrayPool<byte>.Shared.Rent(16);
        await Task.WhenAll(first.ReadAsync(left, 0, 16), second.ReadAsync(right, 0, 16));
        ArrayPool<byte>.Shared.Return(left);
        ArrayPool<byte>.Shared.Return(right);
    }

    private static async Task WriteAndFreeAsync(Stream stream, nint block)
    {
        try
        {
            await stream.FlushAsync();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
