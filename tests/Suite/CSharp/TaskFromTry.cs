// weakness: CWE-416
// construct: task returned from try, released in finally
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.TaskFromTry;

internal static class Tasks
{
    public static Task WriteBad(Stream stream, int length) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return stream.WriteAsync(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task WriteGood(Stream stream, int length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await stream.WriteAsync(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static ValueTask MemoryBad(Stream stream, int length) // bad: LIFE007
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        return stream.WriteAsync(owner.Memory);
    }

    public static async ValueTask MemoryGood(Stream stream, int length)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        await stream.WriteAsync(owner.Memory);
    }

    public static Task<int> HandleBad(Stream stream, byte[] bytes) // bad: LIFE007
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            return ReadIntoAsync(stream, handle.AddrOfPinnedObject());
        }
        finally
        {
            handle.Free();
        }
    }

    public static Task NativeBad(Stream stream) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(16);
        try
        {
            return WriteFromAsync(stream, block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static Task ContinuationReleasesGood(Stream stream, int length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        Task pending = stream.WriteAsync(buffer, 0, length);
        if (pending.IsCompletedSuccessfully)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return Task.CompletedTask;
        }

        return Awaited(pending, buffer);
    }

    public static Task CompletedTaskGood(byte[] bytes)
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            Io.PrintByte(Marshal.ReadByte(handle.AddrOfPinnedObject()));
            return Task.CompletedTask;
        }
        finally
        {
            handle.Free();
        }
    }

    public static Task<int> FromResultGood(int length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Task.FromResult(buffer.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static Task UnrelatedTaskGood(Stream stream, byte[] bytes)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(scratch, 0);
            Io.PrintByte(scratch[0]);
            return stream.FlushAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static async Task Awaited(Task pending, byte[] leased)
    {
        await pending;
        ArrayPool<byte>.Shared.Return(leased);
    }

    private static async Task<int> ReadIntoAsync(Stream stream, nint address)
    {
        byte[] one = new byte[1];
        int read = await stream.ReadAsync(one);
        Marshal.WriteByte(address, one[0]);
        return read;
    }

    private static async Task WriteFromAsync(Stream stream, nint address)
    {
        await stream.FlushAsync();
        Io.PrintByte(Marshal.ReadByte(address));
    }
}
