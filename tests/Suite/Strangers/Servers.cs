// weakness: mixed
// construct: server code: caches, retries, state machines, builders, pools of the code's own
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Strangers.Servers;

internal sealed class HandleTable : IDisposable
{
    private readonly Dictionary<int, GCHandle> _handles = new();
    private int _next;

    public int Add(object target)
    {
        int id = ++_next;
        _handles[id] = GCHandle.Alloc(target);
        return id;
    }

    public bool Remove(int id)
    {
        if (!_handles.Remove(id, out GCHandle handle))
        {
            return false;
        }

        handle.Free();
        return true;
    }

    public void Dispose()
    {
        foreach (GCHandle handle in _handles.Values)
        {
            handle.Free();
        }

        _handles.Clear();
    }
}

internal sealed class ScratchPool
{
    private readonly ConcurrentBag<byte[]> _free = new();

    public byte[] Get() => _free.TryTake(out byte[]? buffer) ? buffer : new byte[4096];

    public void Put(byte[] buffer) => _free.Add(buffer);
}

internal sealed class Lease : IDisposable
{
    private byte[]? _array;

    private Lease(byte[] array) => _array = array;

    public Span<byte> Span => _array;

    public static Lease Take(int size) => new(ArrayPool<byte>.Shared.Rent(size));

    public void Dispose()
    {
        byte[]? array = Interlocked.Exchange(ref _array, null);
        if (array is not null)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}

internal sealed class NativeQueue : IDisposable
{
    private readonly Queue<nint> _items = new();
    private bool _closed;

    public bool Offer(ReadOnlySpan<byte> data)
    {
        if (_closed)
        {
            return false;
        }

        nint block = Marshal.AllocHGlobal(data.Length);
        for (int i = 0; i < data.Length; i++)
        {
            Marshal.WriteByte(block, i, data[i]);
        }

        _items.Enqueue(block);
        return true;
    }

    public bool OfferLate(ReadOnlySpan<byte> data) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(data.Length);
        if (_closed)
        {
            return false;
        }

        _items.Enqueue(block);
        return true;
    }

    public nint Poll() => _items.Count > 0 ? _items.Dequeue() : 0;

    public void Dispose()
    {
        _closed = true;
        while (_items.Count > 0)
        {
            Marshal.FreeHGlobal(_items.Dequeue());
        }
    }
}

internal enum Step
{
    Start,
    Body,
    Done,
    Failed,
}

internal sealed class Parser : IDisposable
{
    private byte[]? _body;
    private Step _step;

    public void Feed(ReadOnlySpan<byte> data)
    {
        switch (_step)
        {
            case Step.Start:
                _body ??= ArrayPool<byte>.Shared.Rent(data.Length);
                data.CopyTo(_body);
                _step = Step.Body;
                break;
            case Step.Body:
                if (data.IsEmpty)
                {
                    Finish();
                }

                break;
        }
    }

    public void Dispose() => Finish();

    private void Finish()
    {
        if (_body is { } body)
        {
            _body = null;
            ArrayPool<byte>.Shared.Return(body);
        }

        _step = Step.Done;
    }
}

internal sealed class LeakyParser : IDisposable // bad: LIFE013
{
    private nint _table;
    private nint _names;

    public LeakyParser(int size)
    {
        _table = Marshal.AllocHGlobal(size);
        _names = Marshal.AllocHGlobal(size);
    }

    public int First => Marshal.ReadInt32(_table) + Marshal.ReadInt32(_names);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_names);
        _names = 0;
    }
}

internal sealed class Session : IAsyncDisposable
{
    private readonly IMemoryOwner<byte> _inbox = MemoryPool<byte>.Shared.Rent(1024);
    private readonly IMemoryOwner<byte> _outbox = MemoryPool<byte>.Shared.Rent(1024);

    public Memory<byte> Inbox => _inbox.Memory;

    public Memory<byte> Outbox => _outbox.Memory;

    public ValueTask DisposeAsync()
    {
        _inbox.Dispose();
        _outbox.Dispose();
        return default;
    }
}

internal sealed class ForgetfulSession : IAsyncDisposable
{
    private readonly nint _inbox = Marshal.AllocHGlobal(1024);
    private readonly nint _outbox = Marshal.AllocHGlobal(1024); // bad: LIFE013

    public nint Inbox => _inbox;

    public int Peek() => Marshal.ReadByte(_outbox);

    public ValueTask DisposeAsync()
    {
        Marshal.FreeHGlobal(_inbox);
        return default;
    }
}

internal abstract class Stage : IDisposable
{
    protected nint Buffer { get; set; }

    public virtual void Dispose()
    {
        if (Buffer != 0)
        {
            Marshal.FreeHGlobal(Buffer);
            Buffer = 0;
        }
    }
}

internal sealed class FilterStage : Stage
{
    private nint _weights = Marshal.AllocHGlobal(64);

    public FilterStage() => Buffer = Marshal.AllocHGlobal(128);

    public override void Dispose()
    {
        Marshal.FreeHGlobal(_weights);
        _weights = 0;
        base.Dispose();
    }
}

internal sealed class BrokenFilterStage : Stage
{
    private readonly nint _weights = Marshal.AllocHGlobal(64); // bad: LIFE013

    public int Weight => Marshal.ReadInt32(_weights);

    public override void Dispose() => base.Dispose();
}

internal static class Servers
{
    private static readonly ConcurrentDictionary<string, byte[]> Cache = new();

    public static void LeaseGood(Stream stream)
    {
        using Lease lease = Lease.Take(100);
        stream.ReadExactly(lease.Span[..100]);
    }

    public static byte LeaseBad(Stream stream) // bad: LIFE003|LIFE016
    {
        Lease lease = Lease.Take(100);
        stream.ReadExactly(lease.Span[..100]);
        return lease.Span[0];
    }

    public static byte LeaseAfterBad() // bad: LIFE007
    {
        Span<byte> span;
        using (Lease lease = Lease.Take(100))
        {
            span = lease.Span;
            span[0] = 1;
        }

        return span[0];
    }

    public static bool RetryGood(Func<nint, bool> attempt)
    {
        nint state = Marshal.AllocHGlobal(16);
        try
        {
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    if (attempt(state))
                    {
                        return true;
                    }
                }
                catch (IOException) when (i < 2)
                {
                    Thread.Sleep(i);
                }
            }

            return false;
        }
        finally
        {
            Marshal.FreeHGlobal(state);
        }
    }

    public static bool RetryBad(Func<nint, bool> attempt) // bad: LIFE004|LIFE003
    {
        for (int i = 0; i < 3; i++)
        {
            nint state = Marshal.AllocHGlobal(16);
            if (attempt(state))
            {
                Marshal.FreeHGlobal(state);
                return true;
            }
        }

        return false;
    }

    public static nint RetryAllocGood()
    {
        nint block = 0;
        int tries = 0;
        while (block == 0 && tries++ < 3)
        {
            try
            {
                block = Marshal.AllocHGlobal(1 << 20);
            }
            catch (OutOfMemoryException)
            {
                GC.Collect();
            }
        }

        return block;
    }

    public static async Task PumpGood(ChannelReader<byte[]> reader, Stream target, CancellationToken token)
    {
        await foreach (byte[] chunk in reader.ReadAllAsync(token))
        {
            try
            {
                await target.WriteAsync(chunk, token);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
    }

    public static async Task ProduceGood(ChannelWriter<byte[]> writer, Stream source, CancellationToken token)
    {
        while (true)
        {
            byte[] chunk = ArrayPool<byte>.Shared.Rent(512);
            int read = await source.ReadAsync(chunk, token);
            if (read == 0)
            {
                ArrayPool<byte>.Shared.Return(chunk);
                break;
            }

            await writer.WriteAsync(chunk, token);
        }

        writer.Complete();
    }

    public static async Task ProduceBad(ChannelWriter<byte[]> writer, Stream source, CancellationToken token) // bad: LIFE016|LIFE004
    {
        while (true)
        {
            byte[] chunk = ArrayPool<byte>.Shared.Rent(512);
            int read = await source.ReadAsync(chunk, token);
            if (read == 0)
            {
                break;
            }

            await writer.WriteAsync(chunk, token);
        }

        writer.Complete();
    }

    public static async Task ProduceThenReturnBad(ChannelWriter<byte[]> writer, Stream source) // bad: LIFE007
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(512);
        ArrayPool<byte>.Shared.Return(chunk);
        int read = await source.ReadAsync(chunk);
        Console.WriteLine(read);
    }

    public static string FormatGood(int[] values)
    {
        char[] chars = ArrayPool<char>.Shared.Rent(values.Length * 12);
        int position = 0;
        foreach (int value in values)
        {
            if (!value.TryFormat(chars.AsSpan(position), out int written))
            {
                char[] larger = ArrayPool<char>.Shared.Rent(chars.Length * 2);
                chars.AsSpan(0, position).CopyTo(larger);
                ArrayPool<char>.Shared.Return(chars);
                chars = larger;
                value.TryFormat(chars.AsSpan(position), out written);
            }

            position += written;
        }

        string text = new(chars, 0, position);
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }

    public static string FormatBad(int[] values) // bad: LIFE016|LIFE004
    {
        char[] chars = ArrayPool<char>.Shared.Rent(values.Length * 12);
        int position = 0;
        foreach (int value in values)
        {
            if (!value.TryFormat(chars.AsSpan(position), out int written))
            {
                char[] larger = ArrayPool<char>.Shared.Rent(chars.Length * 2);
                chars.AsSpan(0, position).CopyTo(larger);
                chars = larger;
                value.TryFormat(chars.AsSpan(position), out written);
            }

            position += written;
        }

        string text = new(chars, 0, position);
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }

    public static void CacheGood(string key)
    {
        byte[] entry = Cache.GetOrAdd(key, static _ => ArrayPool<byte>.Shared.Rent(100));
        entry[0]++;
    }

    public static void EvictGood(string key)
    {
        if (Cache.TryRemove(key, out byte[]? entry))
        {
            ArrayPool<byte>.Shared.Return(entry);
        }
    }

    public static void EvictTwiceBad(string key) // bad: LIFE006
    {
        if (Cache.TryRemove(key, out byte[]? entry))
        {
            ArrayPool<byte>.Shared.Return(entry);
            if (entry.Length > 100)
            {
                ArrayPool<byte>.Shared.Return(entry);
            }
        }
    }

    public static void ListOwnersGood(int count)
    {
        var owners = new List<IMemoryOwner<byte>>();
        try
        {
            for (int i = 0; i < count; i++)
            {
                owners.Add(MemoryPool<byte>.Shared.Rent(16));
            }
        }
        finally
        {
            foreach (IMemoryOwner<byte> owner in owners)
            {
                owner.Dispose();
            }
        }
    }

    public static void ParallelGood(int count)
    {
        Parallel.For(0, count, static i =>
        {
            nint block = Marshal.AllocHGlobal(i + 1);
            Marshal.WriteByte(block, 1);
            Marshal.FreeHGlobal(block);
        });
    }

    public static void ParallelBad(int count) // bad: LIFE003|LIFE004
    {
        Parallel.For(0, count, static i =>
        {
            nint block = Marshal.AllocHGlobal(i + 1);
            Marshal.WriteByte(block, 1);
        });
    }

    public static void CallbackOwnedGood(Action<Action> onClose)
    {
        GCHandle handle = GCHandle.Alloc(onClose);
        onClose(() => handle.Free());
    }

    public static Task<int> TaskOutOfTryBad(Stream stream) // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        try
        {
            return stream.ReadAsync(buffer, 0, 64);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task<int> TaskOutOfTryGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        try
        {
            return await stream.ReadAsync(buffer, 0, 64);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static IEnumerable<int> WindowsGood(int[] values, int width)
    {
        int[] window = ArrayPool<int>.Shared.Rent(width);
        try
        {
            for (int i = 0; i + width <= values.Length; i++)
            {
                Array.Copy(values, i, window, 0, width);
                yield return window.Take(width).Sum();
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(window);
        }
    }

    public static int TupleGood(int size)
    {
        (nint block, int length) = Allocate(size);
        int first = Marshal.ReadByte(block) + length;
        Marshal.FreeHGlobal(block);
        return first;
    }

    public static int TupleBad(int size) // bad: LIFE003|LIFE004
    {
        (nint block, int length) = Allocate(size);
        return Marshal.ReadByte(block) + length;
    }

    public static int TupleDiscardBad(int size) // bad: LIFE003|LIFE004
    {
        (_, int length) = Allocate(size);
        return length;
    }

    public static void SwitchExpressionGood(int kind)
    {
        nint block = kind switch
        {
            0 => Marshal.AllocHGlobal(8),
            1 => Marshal.AllocHGlobal(16),
            _ => 0,
        };
        if (block == 0)
        {
            return;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void SwitchExpressionBad(int kind) // bad: LIFE004|LIFE003
    {
        nint block = kind switch
        {
            0 => Marshal.AllocHGlobal(8),
            1 => Marshal.AllocHGlobal(16),
            _ => 0,
        };
        if (block != 0 && kind == 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void MixedFamiliesBad(bool com, string text) // bad: LIFE008
    {
        nint block = com ? Marshal.StringToCoTaskMemUni(text) : Marshal.StringToHGlobalUni(text);
        Console.WriteLine(Marshal.PtrToStringUni(block));
        Marshal.FreeHGlobal(block);
    }

    public static void MixedFamiliesGood(bool com, string text)
    {
        nint block = com ? Marshal.StringToCoTaskMemUni(text) : Marshal.StringToHGlobalUni(text);
        Console.WriteLine(Marshal.PtrToStringUni(block));
        if (com)
        {
            Marshal.FreeCoTaskMem(block);
        }
        else
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void NestedFinallyGood(Stream a, Stream b)
    {
        nint outer = Marshal.AllocHGlobal(8);
        try
        {
            a.Flush();
            nint inner = Marshal.AllocHGlobal(8);
            try
            {
                b.Flush();
            }
            finally
            {
                Marshal.FreeHGlobal(inner);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(outer);
        }
    }

    public static void NestedFinallyBad(Stream a, Stream b) // bad: LIFE006
    {
        nint outer = Marshal.AllocHGlobal(8);
        try
        {
            try
            {
                b.Flush();
            }
            finally
            {
                Marshal.FreeHGlobal(outer);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(outer);
        }
    }

    public static void TableGood()
    {
        using var table = new HandleTable();
        int id = table.Add(new object());
        table.Remove(id);
    }

    private static (nint Block, int Length) Allocate(int size) => (Marshal.AllocHGlobal(size), size);
}
