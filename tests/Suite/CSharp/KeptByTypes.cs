// weakness: CWE-401, CWE-416, CWE-415
// construct: types with nested classes, rings with a running index, entries taken out by a query, fields that are copied over another one, queues behind a member, readers over memory
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.KeptByTypes;

internal sealed class Ring : IDisposable
{
    private readonly nint[] _slots = new nint[16];
    private int _next;

    public void Push(int size)
    {
        _slots[_next++ & 15] = Marshal.AllocHGlobal(size); // bad: LIFE013
    }

    public void Dispose()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            Marshal.FreeHGlobal(_slots[i]);
            _slots[i] = 0;
        }
    }
}

internal sealed class RingByRemainder : IDisposable
{
    private readonly nint[] _slots = new nint[10];
    private int _next;

    public void Push(int size)
    {
        _slots[_next++ % _slots.Length] = Marshal.AllocHGlobal(size); // bad: LIFE013
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}

internal sealed class RingThatFrees : IDisposable
{
    private readonly nint[] _slots = new nint[16];
    private int _next;

    public void Push(int size)
    {
        ref var slot = ref _slots[_next++ & 15];
        Marshal.FreeHGlobal(slot);
        slot = Marshal.AllocHGlobal(size);
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}

internal sealed class RingThatFreesFirst : IDisposable
{
    private readonly nint[] _slots = new nint[16];
    private int _next;

    public void Push(int size)
    {
        Marshal.FreeHGlobal(_slots[_next & 15]);
        _slots[_next++ & 15] = Marshal.AllocHGlobal(size);
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}

internal sealed class Shards : IDisposable
{
    private readonly nint[] _slots = new nint[16];
    private int _count;

    public void Push(int size)
    {
        if (_count == _slots.Length)
        {
            throw new InvalidOperationException();
        }

        _slots[_count++ & 15] = Marshal.AllocHGlobal(size);
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}

internal sealed class Aging : IDisposable
{
    private readonly Dictionary<long, Entry> _entries = new();
    private long _clock;

    public void Put(long key, int size)
    {
        if (_entries.TryGetValue(key, out var old))
        {
            Marshal.FreeHGlobal(old.Data);
        }

        _entries[key] = new Entry(Marshal.AllocHGlobal(size), ++_clock);
    }

    public void Trim(long before) // bad: LIFE013
    {
        foreach (var key in _entries.Where(e => e.Value.Stamp < before).Select(e => e.Key).ToArray())
        {
            _entries.Remove(key);
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            Marshal.FreeHGlobal(entry.Data);
        }

        _entries.Clear();
    }

    private readonly record struct Entry(nint Data, long Stamp);
}

internal sealed class AgingThatFrees : IDisposable
{
    private readonly Dictionary<long, Entry> _entries = new();
    private long _clock;

    public void Put(long key, int size)
    {
        if (_entries.TryGetValue(key, out var old))
        {
            Marshal.FreeHGlobal(old.Data);
        }

        _entries[key] = new Entry(Marshal.AllocHGlobal(size), ++_clock);
    }

    public void Trim(long before)
    {
        foreach (var key in _entries.Where(e => e.Value.Stamp < before).Select(e => e.Key).ToArray())
        {
            if (_entries.Remove(key, out var gone))
            {
                Marshal.FreeHGlobal(gone.Data);
            }
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            Marshal.FreeHGlobal(entry.Data);
        }

        _entries.Clear();
    }

    private readonly record struct Entry(nint Data, long Stamp);
}

internal sealed class AgingWhereTheQueryFrees : IDisposable
{
    private readonly Dictionary<long, Entry> _entries = new();
    private long _clock;

    public void Put(long key, int size)
    {
        if (_entries.TryGetValue(key, out var old))
        {
            Marshal.FreeHGlobal(old.Data);
        }

        _entries[key] = new Entry(Marshal.AllocHGlobal(size), ++_clock);
    }

    public void Trim(long before)
    {
        foreach (var key in _entries.Where(e => e.Value.Stamp < before && Free(e.Value)).Select(e => e.Key).ToArray())
        {
            _entries.Remove(key);
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            Free(entry);
        }

        _entries.Clear();
    }

    private static bool Free(Entry entry)
    {
        Marshal.FreeHGlobal(entry.Data);
        return true;
    }

    private readonly record struct Entry(nint Data, long Stamp);
}

internal sealed class Eviction : IDisposable
{
    private readonly Dictionary<string, Entry> _entries = new();
    private long _clock;

    public void Put(string key, int size)
    {
        if (_entries.Count == 128)
        {
            _entries.Remove(_entries.OrderBy(e => e.Value.Stamp).First().Key);
        }

        if (_entries.Remove(key, out var old))
        {
            old.Dispose();
        }

        _entries[key] = new Entry(size) { Stamp = ++_clock };
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Dispose();
        }
    }

    private sealed class Entry : IDisposable
    {
        private nint _data;

        public Entry(int size)
        {
            _data = Marshal.AllocHGlobal(size);
        }

        public long Stamp { get; set; }

        public void Dispose()
        {
            Marshal.FreeHGlobal(_data);
            _data = 0;
        }
    }
}

internal sealed class WithNested : IDisposable
{
    private readonly Names _names = new();
    private nint _block;

    public void Set(int size)
    {
        _block = Marshal.AllocHGlobal(size); // bad: LIFE013
        _names.Count++;
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);

    private sealed class Names
    {
        public int Count { get; set; }
    }
}

internal sealed class WithNestedThatFrees : IDisposable
{
    private readonly Cleaner _cleaner;
    private nint _block;

    public WithNestedThatFrees()
    {
        _cleaner = new Cleaner(this);
    }

    public void Set(int size)
    {
        _cleaner.Clean();
        _block = Marshal.AllocHGlobal(size);
    }

    public void Dispose() => Marshal.FreeHGlobal(_block);

    private sealed class Cleaner
    {
        private readonly WithNestedThatFrees _owner;

        public Cleaner(WithNestedThatFrees owner)
        {
            _owner = owner;
        }

        public void Clean()
        {
            Marshal.FreeHGlobal(_owner._block);
            _owner._block = 0;
        }
    }
}

internal sealed unsafe class FlipOneWay : IDisposable
{
    private byte* _front = (byte*)NativeMemory.AllocZeroed(4096);
    private byte* _back = (byte*)NativeMemory.AllocZeroed(4096);

    public byte* Flip() // bad: LIFE013
    {
        _front = _back;
        return _front;
    }

    public void Dispose()
    {
        NativeMemory.Free(_front);
        NativeMemory.Free(_back);
    }
}

internal sealed unsafe class FlipBothWays : IDisposable
{
    private byte* _front = (byte*)NativeMemory.AllocZeroed(4096);
    private byte* _back = (byte*)NativeMemory.AllocZeroed(4096);

    public byte* Flip()
    {
        var front = _front;
        _front = _back;
        _back = front;
        return _front;
    }

    public void Dispose()
    {
        NativeMemory.Free(_front);
        NativeMemory.Free(_back);
    }
}

internal sealed unsafe class FlipToTheOne : IDisposable
{
    private byte* _front = (byte*)NativeMemory.AllocZeroed(4096);
    private byte* _back = (byte*)NativeMemory.AllocZeroed(4096);

    public byte* Flip()
    {
        if (_front != _back)
        {
            NativeMemory.Free(_front);
        }

        _front = _back;
        return _front;
    }

    public void Dispose()
    {
        if (_front != _back)
        {
            NativeMemory.Free(_front);
        }

        NativeMemory.Free(_back);
    }
}

internal sealed unsafe class Reader2 : IDisposable
{
    private readonly byte* _start = (byte*)NativeMemory.AllocZeroed(4096);
    private byte* _at;

    public byte Read() => *_at++;

    public void Reset() => _at = _start;

    public void Dispose() => NativeMemory.Free(_start);
}

internal sealed class Message : IDisposable
{
    private nint _data;

    public Message(int size)
    {
        _data = Marshal.AllocHGlobal(size);
    }

    public byte First => Marshal.ReadByte(_data);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_data);
        _data = 0;
    }
}

internal sealed class Outbox : IDisposable
{
    private readonly Queue<Message> _messages = new();
    private readonly Queue<nint> _blocks = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly List<Message> _known = new();

    public void Put(Message message)
    {
        lock (_messages)
        {
            _messages.Enqueue(message);
        }

        _signal.Release();
    }

    public void Put(nint block) => _blocks.Enqueue(block);

    public void Watch(Message message) => _known.Add(message);

    public int Sum()
    {
        var sum = 0;
        while (_messages.TryDequeue(out var message))
        {
            sum += message.First;
            message.Dispose();
        }

        while (_blocks.TryDequeue(out var block))
        {
            sum += Marshal.ReadByte(block);
            Marshal.FreeHGlobal(block);
        }

        return sum;
    }

    public void Dispose()
    {
        _ = Sum();
        _signal.Dispose();
    }
}

internal sealed class Watched
{
    private readonly Queue<nint> _last = new();

    public void Put(nint block)
    {
        _last.Enqueue(block);
        if (_last.Count > 5)
        {
            _last.Dequeue();
        }
    }
}

internal static class Senders
{
    internal static void Twice(Outbox outbox) // bad: LIFE006
    {
        using var message = new Message(8);
        outbox.Put(message);
    }

    internal static void BlockTwice(Outbox outbox) // bad: LIFE006
    {
        var block = Marshal.AllocHGlobal(8);
        outbox.Put(block);
        Marshal.FreeHGlobal(block);
    }

    internal static void Once(Outbox outbox)
    {
        outbox.Put(new Message(8));
        outbox.Put(Marshal.AllocHGlobal(8));
    }

    internal static void OnlyWatched(Outbox outbox)
    {
        using var message = new Message(8);
        outbox.Watch(message);
    }

    internal static void OnlySeen(Watched watched)
    {
        var block = Marshal.AllocHGlobal(8);
        watched.Put(block);
        Marshal.FreeHGlobal(block);
    }

    internal static int TakenOut(Outbox outbox)
    {
        var message = new Message(8);
        outbox.Put(message);
        var sum = outbox.Sum();
        message.Dispose();
        return sum;
    }
}

internal static class Readers
{
    internal static long ReadAfter(Stream source, int n) // bad: LIFE007
    {
        var rented = ArrayPool<byte>.Shared.Rent(n * 4);
        source.ReadExactly(rented, 0, n * 4);
        var stream = new MemoryStream(rented, 0, n * 4);
        using var reader = new BinaryReader(stream);
        long sum = reader.ReadInt32();
        ArrayPool<byte>.Shared.Return(rented);
        return sum + reader.ReadInt32();
    }

    internal static string? LineAfter(Stream source, int n) // bad: LIFE007
    {
        var rented = ArrayPool<byte>.Shared.Rent(n);
        source.ReadExactly(rented, 0, n);
        using var reader = new StreamReader(new MemoryStream(rented, 0, n));
        ArrayPool<byte>.Shared.Return(rented);
        return reader.ReadLine();
    }

    internal static long Before(Stream source, int n)
    {
        var rented = ArrayPool<byte>.Shared.Rent(n * 4);
        source.ReadExactly(rented, 0, n * 4);
        using var reader = new BinaryReader(new MemoryStream(rented, 0, n * 4));
        long sum = reader.ReadInt32();
        ArrayPool<byte>.Shared.Return(rented);
        return sum;
    }

    internal static string OfFile(string path)
    {
        using var reader = new StreamReader(File.OpenRead(path));
        return reader.ReadToEnd();
    }

    internal static async Task<bool> PostAfter(HttpClient http, Uri uri, ReadOnlyMemory<byte> body) // bad: LIFE007
    {
        var rented = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(rented);
        var content = new ByteArrayContent(rented, 0, body.Length);
        ArrayPool<byte>.Shared.Return(rented);
        using var response = await http.PostAsync(uri, content);
        return response.IsSuccessStatusCode;
    }

    internal static async Task<bool> PostBefore(HttpClient http, Uri uri, ReadOnlyMemory<byte> body)
    {
        var rented = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(rented);
        using var content = new ByteArrayContent(rented, 0, body.Length);
        using var response = await http.PostAsync(uri, content);
        ArrayPool<byte>.Shared.Return(rented);
        return response.IsSuccessStatusCode;
    }
}

internal sealed class OnlyRenewed : IDisposable
{
    private nint _first;
    private nint _second;

    public void Set(int size)
    {
        Marshal.FreeHGlobal(_first);
        _first = Marshal.AllocHGlobal(size); // bad: LIFE013
        Marshal.FreeHGlobal(_second);
        _second = Marshal.AllocHGlobal(size);
    }

    public void Dispose() => Marshal.FreeHGlobal(_second);
}

internal sealed class ClearedByAnother : IDisposable
{
    private nint _first;
    private nint _second;

    public void Set(int size)
    {
        Marshal.FreeHGlobal(_first);
        _first = Marshal.AllocHGlobal(size);
        Marshal.FreeHGlobal(_second);
        _second = Marshal.AllocHGlobal(size);
    }

    public void Clear()
    {
        Marshal.FreeHGlobal(_first);
        _first = 0;
    }

    public void Dispose() => Marshal.FreeHGlobal(_second);
}

internal sealed class ResizedToNothing : IDisposable
{
    private nint _block;

    public void Resize(int size)
    {
        Marshal.FreeHGlobal(_block);
        _block = size == 0 ? 0 : Marshal.AllocHGlobal(size);
    }

    public void Dispose() => Resize(0);
}

internal sealed class Port : IDisposable
{
    private nint _buffer;

    public bool IsOpen => _buffer != 0;

    public void Open()
    {
        if (IsOpen)
        {
            throw new InvalidOperationException("open already");
        }

        _buffer = Marshal.AllocHGlobal(256);
    }

    public void Close()
    {
        if (IsOpen)
        {
            Marshal.FreeHGlobal(_buffer);
            _buffer = 0;
        }
    }

    public byte Read()
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException("closed");
        }

        return Marshal.ReadByte(_buffer);
    }

    public void Dispose() => Close();
}

internal static class Ports
{
    internal static int ReadAfterClose() // bad: LIFE007
    {
        using var port = new Port();
        port.Open();
        port.Close();
        return port.Read();
    }

    internal static int OpenedAgain()
    {
        using var port = new Port();
        port.Open();
        int sum = port.Read();
        port.Close();
        port.Open();
        sum += port.Read();
        port.Close();
        return sum;
    }

    internal static int OfTwo()
    {
        using var one = new Port();
        using var two = new Port();
        one.Open();
        two.Open();
        one.Close();
        return two.Read();
    }

    internal static int ThatMayBeClosed()
    {
        using var port = new Port();
        port.Open();
        port.Close();
        try
        {
            return port.Read();
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }
}

internal static class Pending
{
    internal static void Dropped(Socket socket) // bad: LIFE007
    {
        var rented = ArrayPool<byte>.Shared.Rent(10);
        var pending = socket.SendAsync(rented.AsMemory());
        ArrayPool<byte>.Shared.Return(rented);
        _ = pending.AsTask();
    }

    internal static void WaitedFor(Socket socket)
    {
        var rented = ArrayPool<byte>.Shared.Rent(10);
        var pending = socket.SendAsync(rented.AsMemory());
        pending.AsTask().Wait();
        ArrayPool<byte>.Shared.Return(rented);
        _ = pending;
    }

    internal static async Task<int> TimedOut(Socket socket) // bad: LIFE007
    {
        var rented = ArrayPool<byte>.Shared.Rent(10);
        try
        {
            var reading = socket.ReceiveAsync(rented.AsMemory()).AsTask();
            if (await Task.WhenAny(reading, Task.Delay(100)) != reading)
            {
                return -1;
            }

            return await reading;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    internal static async Task<int> StoppedAndWaitedFor(Socket socket)
    {
        var rented = ArrayPool<byte>.Shared.Rent(10);
        try
        {
            var reading = socket.ReceiveAsync(rented.AsMemory()).AsTask();
            if (await Task.WhenAny(reading, Task.Delay(100)) != reading)
            {
                socket.Close();
                await Task.WhenAny(reading);
                return -1;
            }

            return await reading;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
