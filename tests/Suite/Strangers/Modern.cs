// weakness: CWE-401
// construct: modern C#: owners, patterns, async streams, generics
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Suite.Support;

namespace Strangers.Modern;

internal readonly record struct Slab(nint Address, int Length) : IDisposable
{
    public static Slab Make(int length) => new(Marshal.AllocHGlobal(length), length);

    public void Dispose() => Marshal.FreeHGlobal(Address);
}

internal ref struct Scratch
{
    private byte[]? _rented;
    private Span<byte> _bytes;
    private int _used;

    public Scratch(Span<byte> initial)
    {
        _bytes = initial;
        _rented = null;
        _used = 0;
    }

    public void Append(byte value)
    {
        if (_used == _bytes.Length)
        {
            Grow();
        }

        _bytes[_used++] = value;
    }

    public readonly ReadOnlySpan<byte> Written => _bytes[.._used];

    private void Grow()
    {
        byte[] bigger = ArrayPool<byte>.Shared.Rent(Math.Max(16, _bytes.Length * 2));
        _bytes.CopyTo(bigger);
        byte[]? old = _rented;
        _bytes = _rented = bigger;
        if (old is not null)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    public void Dispose()
    {
        byte[]? rented = _rented;
        this = default;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

internal interface IAllocator
{
    static abstract nint Take(int size);

    static abstract void Give(nint block);
}

internal readonly struct GlobalAllocator : IAllocator
{
    public static nint Take(int size) => Marshal.AllocHGlobal(size);

    public static void Give(nint block) => Marshal.FreeHGlobal(block);
}

internal readonly struct TaskAllocator : IAllocator
{
    public static nint Take(int size) => Marshal.AllocCoTaskMem(size);

    public static void Give(nint block) => Marshal.FreeCoTaskMem(block);
}

internal sealed class Lease<T>(int size) : IDisposable
{
    private T[]? _array = ArrayPool<T>.Shared.Rent(size);

    public T[] Array => _array ?? throw new ObjectDisposedException(nameof(Lease<T>));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }
}

internal static class Modern
{
    public static int SlabGood()
    {
        using Slab slab = Slab.Make(16);
        Marshal.WriteInt32(slab.Address, 4);
        return Marshal.ReadInt32(slab.Address);
    }

    public static int SlabBad() // bad: LIFE003
    {
        Slab slab = Slab.Make(16);
        Marshal.WriteInt32(slab.Address, 4);
        return Marshal.ReadInt32(slab.Address);
    }

    public static int SlabWithBad() // bad: LIFE006
    {
        using Slab slab = Slab.Make(16);
        Slab shorter = slab with { Length = 8 };
        shorter.Dispose();
        return shorter.Length;
    }

    public static string ScratchGood(ReadOnlySpan<char> text)
    {
        var scratch = new Scratch(stackalloc byte[64]);
        try
        {
            foreach (char c in text)
            {
                scratch.Append((byte)c);
            }

            return Encoding.ASCII.GetString(scratch.Written);
        }
        finally
        {
            scratch.Dispose();
        }
    }

    private static nint Copy<TAllocator>(ReadOnlySpan<byte> bytes)
        where TAllocator : struct, IAllocator
    {
        nint block = TAllocator.Take(bytes.Length);
        for (int i = 0; i < bytes.Length; i++)
        {
            Marshal.WriteByte(block, i, bytes[i]);
        }

        return block;
    }

    public static void StaticAbstractGood(ReadOnlySpan<byte> bytes)
    {
        nint block = Copy<GlobalAllocator>(bytes);
        GlobalAllocator.Give(block);
    }

    public static void DirectStaticBad() // bad: LIFE008
    {
        nint block = GlobalAllocator.Take(5);
        TaskAllocator.Give(block);
    }

    public static void DirectStaticLostBad() // bad: LIFE003
    {
        nint block = GlobalAllocator.Take(5);
        Marshal.WriteByte(block, 1);
    }

    public static long LeaseGood(Stream stream)
    {
        using var lease = new Lease<byte>(512);
        return stream.Read(lease.Array);
    }

    public static byte LeaseUsedBad(Stream stream) // bad: LIFE007
    {
        byte[] array;
        using (var lease = new Lease<byte>(512))
        {
            array = lease.Array;
            stream.ReadExactly(array);
        }

        return array[0];
    }

    public static async Task<int> CountAsync(Stream stream, CancellationToken token)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        int total = 0;
        try
        {
            while (true)
            {
                int read = await stream.ReadAsync(buffer.AsMemory(), token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            total = -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return total;
    }

    public static async Task<int> NativeAcrossAwaitBad(Stream stream) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(64);
        var managed = new byte[64];
        int read = await stream.ReadAsync(managed);
        if (read <= 0)
        {
            return 0;
        }

        Marshal.Copy(managed, 0, block, read);
        byte first = Marshal.ReadByte(block);
        Marshal.FreeHGlobal(block);
        return first;
    }

    public static async Task<int> NativeAcrossAwaitGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(64);
        try
        {
            var managed = new byte[64];
            int read = await stream.ReadAsync(managed);
            if (read <= 0)
            {
                return 0;
            }

            Marshal.Copy(managed, 0, block, read);
            return Marshal.ReadByte(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async IAsyncEnumerable<string> LinesGood(Stream stream, [EnumeratorCancellation] CancellationToken token = default)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(256);
        while (await stream.ReadAsync(owner.Memory, token) is int read and > 0)
        {
            yield return Encoding.UTF8.GetString(owner.Memory.Span[..read]);
        }
    }

    public static async IAsyncEnumerable<int> ChunksBad(Stream stream) // bad: LIFE003|LIFE004|LIFE016
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(256);
        while (true)
        {
            int read = await stream.ReadAsync(owner.Memory);
            if (read == 0)
            {
                yield break;
            }

            yield return read;
        }
    }

    public static async Task PumpGood(ChannelReader<IMemoryOwner<byte>> reader, Stream stream)
    {
        await foreach (IMemoryOwner<byte> item in reader.ReadAllAsync())
        {
            using (item)
            {
                await stream.WriteAsync(item.Memory);
            }
        }
    }

    public static async Task ProduceGood(ChannelWriter<IMemoryOwner<byte>> writer, Stream stream)
    {
        while (true)
        {
            IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(1024);
            int read = await stream.ReadAsync(owner.Memory);
            if (read == 0)
            {
                owner.Dispose();
                break;
            }

            await writer.WriteAsync(owner);
        }

        writer.Complete();
    }

    public static async Task ProduceBad(ChannelWriter<IMemoryOwner<byte>> writer, Stream stream) // bad: LIFE004|LIFE003|LIFE016
    {
        while (true)
        {
            IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(1024);
            int read = await stream.ReadAsync(owner.Memory);
            if (read == 0)
            {
                break;
            }

            await writer.WriteAsync(owner);
        }

        writer.Complete();
    }

    public static int ListPatternBad(int[] header) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocCoTaskMem(32);
        if (header is [1, .., var last])
        {
            Marshal.WriteInt32(block, last);
            int result = Marshal.ReadInt32(block);
            Marshal.FreeCoTaskMem(block);
            return result;
        }

        return 0;
    }

    public static int ListPatternGood(int[] header)
    {
        nint block = Marshal.AllocCoTaskMem(32);
        int result = 0;
        if (header is [1, .., var last])
        {
            Marshal.WriteInt32(block, last);
            result = Marshal.ReadInt32(block);
        }

        Marshal.FreeCoTaskMem(block);
        return result;
    }

    public static void SwitchExpressionBad(object kind) // bad: LIFE004|LIFE003
    {
        nint block = kind switch
        {
            int n when n > 0 => Marshal.AllocHGlobal(n),
            string { Length: > 3 } s => Marshal.StringToHGlobalUni(s),
            _ => 0,
        };
        if (kind is int)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void SwitchExpressionGood(object kind)
    {
        nint block = kind switch
        {
            int n when n > 0 => Marshal.AllocHGlobal(n),
            string { Length: > 3 } s => Marshal.StringToHGlobalUni(s),
            _ => 0,
        };
        if (block is not 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static (byte[] Buffer, int Count) TupleGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(100);
        int count = stream.Read(buffer, 0, 100);
        return (buffer, count);
    }

    public static int TupleUserGood(Stream stream)
    {
        (byte[] buffer, int count) = TupleGood(stream);
        int first = buffer[0] + count;
        ArrayPool<byte>.Shared.Return(buffer);
        return first;
    }

    public static int TupleUserBad(Stream stream) // bad: LIFE016|LIFE003
    {
        (byte[] buffer, int count) = TupleGood(stream);
        return buffer[0] + count;
    }

    public static int TupleUserTwiceBad(Stream stream) // bad: LIFE006
    {
        (byte[] buffer, int count) = TupleGood(stream);
        ArrayPool<byte>.Shared.Return(buffer);
        if (count > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return count;
    }

    public static void CoalesceGood(ref byte[]? cache, int size)
    {
        cache ??= ArrayPool<byte>.Shared.Rent(size);
        if (cache.Length < size)
        {
            ArrayPool<byte>.Shared.Return(cache);
            cache = ArrayPool<byte>.Shared.Rent(size);
        }
    }

    public static void CoalesceLoopGood(IReadOnlyList<string> words, Stream target)
    {
        char[]? rented = null;
        foreach (string word in words)
        {
            if (word.Length > 32)
            {
                rented ??= ArrayPool<char>.Shared.Rent(1024);
                word.CopyTo(0, rented, 0, Math.Min(word.Length, 1024));
                target.WriteByte((byte)rented[0]);
            }
        }

        if (rented != null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    public static void UsingInLoopGood(IEnumerable<int> sizes)
    {
        foreach (int size in sizes)
        {
            using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
            owner.Memory.Span.Clear();
        }
    }

    public static void UsingInLoopBad(IEnumerable<int> sizes) // bad: LIFE003|LIFE004|LIFE016
    {
        foreach (int size in sizes)
        {
            IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
            owner.Memory.Span.Clear();
        }
    }

    public static void HandleGood(byte[] data, Action<nint> use)
    {
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        try
        {
            use(handle.AddrOfPinnedObject());
        }
        finally
        {
            handle.Free();
        }
    }

    public static nint HandleAddressBad(byte[] data) // bad: LIFE007|LIFE010
    {
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        handle.Free();
        return address;
    }

    public static void HandleIsAllocatedGood(object? target)
    {
        GCHandle handle = default;
        if (target != null)
        {
            handle = GCHandle.Alloc(target);
        }

        Io.PrintLine(handle.IsAllocated ? "yes" : "no");
        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }

    public static void HandleIsAllocatedBad(object? target, bool quick) // bad: LIFE004|LIFE003
    {
        GCHandle handle = default;
        if (target != null)
        {
            handle = GCHandle.Alloc(target);
        }

        if (quick)
        {
            return;
        }

        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }

    public static void LambdaGood()
    {
        nint block = Marshal.AllocHGlobal(10);
        Action release = () => Marshal.FreeHGlobal(block);
        Marshal.WriteByte(block, 1);
        release();
    }

    public static void LambdaBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(10);
        Action release = () => Marshal.FreeHGlobal(block);
        Marshal.WriteByte(block, 1);
        release();
        release();
    }

    public static void ConcurrentGood(ConcurrentDictionary<int, nint> table, int key)
    {
        nint block = Marshal.AllocHGlobal(10);
        if (!table.TryAdd(key, block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ConcurrentRemoveGood(ConcurrentDictionary<int, nint> table, int key)
    {
        if (table.TryRemove(key, out nint block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ConcurrentRemoveBad(ConcurrentDictionary<int, nint> table, int key) // bad: LIFE006|LIFE007
    {
        if (table.TryRemove(key, out nint block))
        {
            Marshal.FreeHGlobal(block);
            Io.PrintByte(Marshal.ReadByte(block));
        }
    }
}
