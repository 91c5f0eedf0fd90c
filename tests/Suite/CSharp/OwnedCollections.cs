// weakness: CWE-401
// construct: collections of blocks in fields
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.OwnedCollections;

internal sealed class ClearedBad : IDisposable // bad: LIFE013
{
    private readonly Dictionary<string, IntPtr> _blocks = new();

    public void Put(string key, int size)
    {
        if (!_blocks.ContainsKey(key))
        {
            _blocks.Add(key, Marshal.AllocHGlobal(size));
        }
    }

    public IntPtr Find(string key) => _blocks.TryGetValue(key, out IntPtr block) ? block : IntPtr.Zero;

    public void Dispose() => _blocks.Clear();
}

internal sealed class ClearedGood : IDisposable
{
    private readonly Dictionary<string, IntPtr> _blocks = new();

    public void Put(string key, int size)
    {
        if (!_blocks.ContainsKey(key))
        {
            _blocks.Add(key, Marshal.AllocHGlobal(size));
        }
    }

    public IntPtr Find(string key) => _blocks.TryGetValue(key, out IntPtr block) ? block : IntPtr.Zero;

    public void Dispose()
    {
        foreach (IntPtr block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }

        _blocks.Clear();
    }
}

internal sealed class PinsBad : IDisposable // bad: LIFE013
{
    private readonly List<GCHandle> _pins = new();

    public IntPtr Pin(byte[] data)
    {
        GCHandle pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        _pins.Add(pin);
        return pin.AddrOfPinnedObject();
    }

    public void Dispose()
    {
    }
}

internal sealed class PinsGood : IDisposable
{
    private readonly List<GCHandle> _pins = new();

    public IntPtr Pin(byte[] data)
    {
        GCHandle pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        _pins.Add(pin);
        return pin.AddrOfPinnedObject();
    }

    public void Dispose()
    {
        for (int i = 0; i < _pins.Count; i++)
        {
            _pins[i].Free();
        }

        _pins.Clear();
    }
}

internal sealed class AddressesGood : IDisposable
{
    private readonly GCHandle[] _pins;
    private readonly IntPtr[] _addresses;

    public AddressesGood(byte[][] rows)
    {
        _pins = new GCHandle[rows.Length];
        _addresses = new IntPtr[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            _pins[i] = GCHandle.Alloc(rows[i], GCHandleType.Pinned);
            _addresses[i] = _pins[i].AddrOfPinnedObject();
        }
    }

    public IntPtr this[int index] => _addresses[index];

    public void Dispose()
    {
        for (int i = 0; i < _pins.Length; i++)
        {
            _pins[i].Free();
        }
    }
}

internal sealed class SlotsBad : IDisposable // bad: LIFE013
{
    private readonly IntPtr[] _slots;

    public SlotsBad(int count)
    {
        _slots = new IntPtr[count];
        for (int i = 0; i < count; i++)
        {
            _slots[i] = Marshal.AllocHGlobal(64);
        }
    }

    public IntPtr this[int index] => _slots[index];

    public void Dispose() => Array.Clear(_slots, 0, _slots.Length);
}

internal sealed class SlotsGood : IDisposable
{
    private readonly IntPtr[] _slots;

    public SlotsGood(int count)
    {
        _slots = new IntPtr[count];
        for (int i = 0; i < count; i++)
        {
            _slots[i] = Marshal.AllocHGlobal(64);
        }
    }

    public IntPtr this[int index] => _slots[index];

    public void Dispose()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            Marshal.FreeHGlobal(_slots[i]);
            _slots[i] = IntPtr.Zero;
        }
    }
}

internal sealed class RowsBad : IDisposable // bad: LIFE013
{
    private readonly byte[][] _rows;

    public RowsBad(int count)
    {
        _rows = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            _rows[i] = ArrayPool<byte>.Shared.Rent(256);
        }
    }

    public byte At(int row, int column) => _rows[row][column];

    public void Dispose()
    {
    }
}

internal sealed class ReplacedBad : IDisposable // bad: LIFE013
{
    private readonly Dictionary<int, IntPtr> _blocks = new();

    public void Set(int key, int size) => _blocks[key] = Marshal.AllocHGlobal(size);

    public void Dispose()
    {
        foreach (IntPtr block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class ReplacedGood : IDisposable
{
    private readonly Dictionary<int, IntPtr> _blocks = new();
    private int _next;

    public void Set(int key, int size)
    {
        if (_blocks.TryGetValue(key, out IntPtr old))
        {
            Marshal.FreeHGlobal(old);
        }

        _blocks[key] = Marshal.AllocHGlobal(size);
    }

    public int Take(int size)
    {
        int key = _next++;
        _blocks[key] = Marshal.AllocHGlobal(size);
        return key;
    }

    public void Dispose()
    {
        foreach (KeyValuePair<int, IntPtr> entry in _blocks)
        {
            Marshal.FreeHGlobal(entry.Value);
        }
    }
}

internal sealed class RemovedBad : IDisposable // bad: LIFE013
{
    private readonly Dictionary<int, IntPtr> _blocks = new();

    public void Add(int key, int size) => _blocks.Add(key, Marshal.AllocHGlobal(size));

    public bool Remove(int key) => _blocks.Remove(key);

    public void Dispose()
    {
        foreach (IntPtr block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class RemovedGood : IDisposable
{
    private readonly Dictionary<int, IntPtr> _blocks = new();

    public void Add(int key, int size) => _blocks.Add(key, Marshal.AllocHGlobal(size));

    public bool Remove(int key)
    {
        if (!_blocks.Remove(key, out IntPtr block))
        {
            return false;
        }

        Marshal.FreeHGlobal(block);
        return true;
    }

    public void Dispose()
    {
        foreach (int key in new List<int>(_blocks.Keys))
        {
            Remove(key);
        }
    }
}

internal sealed class ResetBad : IDisposable // bad: LIFE013
{
    private readonly List<IntPtr> _blocks = new();

    public void Add(int size) => _blocks.Add(Marshal.AllocHGlobal(size));

    public void Reset() => _blocks.Clear();

    public void Dispose()
    {
        foreach (IntPtr block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class ResetGood : IDisposable
{
    private readonly List<IntPtr> _blocks = new();

    public void Add(int size) => _blocks.Add(Marshal.AllocHGlobal(size));

    public void Reset()
    {
        foreach (IntPtr block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        _blocks.Clear();
    }

    public void Dispose() => Reset();
}

internal sealed class OwnersBad : IDisposable // bad: LIFE013
{
    private readonly ConcurrentDictionary<int, IMemoryOwner<byte>> _owners = new();

    public void Add(int key, int size)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
        if (!_owners.TryAdd(key, owner))
        {
            owner.Dispose();
        }
    }

    public void Remove(int key) => _owners.TryRemove(key, out _);

    public void Dispose()
    {
        foreach (IMemoryOwner<byte> owner in _owners.Values)
        {
            owner.Dispose();
        }
    }
}

internal sealed class OwnersGood : IDisposable
{
    private readonly ConcurrentDictionary<int, IMemoryOwner<byte>> _owners = new();

    public void Add(int key, int size)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
        if (!_owners.TryAdd(key, owner))
        {
            owner.Dispose();
        }
    }

    public void Remove(int key)
    {
        if (_owners.TryRemove(key, out IMemoryOwner<byte>? owner))
        {
            owner.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (IMemoryOwner<byte> owner in _owners.Values)
        {
            owner.Dispose();
        }
    }
}

internal sealed class Refusals : IDisposable
{
    private readonly ConcurrentDictionary<int, IntPtr> _blocks = new();

    public bool RefusedBad(int key, int size) // bad: LIFE004
    {
        IntPtr block = Marshal.AllocHGlobal(size);
        if (!_blocks.TryAdd(key, block))
        {
            return false;
        }

        return true;
    }

    public bool RefusedGood(int key, int size)
    {
        IntPtr block = Marshal.AllocHGlobal(size);
        if (!_blocks.TryAdd(key, block))
        {
            Marshal.FreeHGlobal(block);
            return false;
        }

        return true;
    }

    public void Dispose()
    {
        foreach (KeyValuePair<int, IntPtr> entry in _blocks)
        {
            Marshal.FreeHGlobal(entry.Value);
        }
    }
}

internal sealed class QueueBad : IDisposable // bad: LIFE013
{
    private readonly Queue<byte[]> _queue = new();

    public void Push(ReadOnlySpan<byte> data)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(buffer);
        _queue.Enqueue(buffer);
    }

    public int Pop()
    {
        byte[] buffer = _queue.Dequeue();
        return buffer[0];
    }

    public void Dispose()
    {
        while (_queue.Count > 0)
        {
            ArrayPool<byte>.Shared.Return(_queue.Dequeue());
        }
    }
}

internal sealed class QueueGood : IDisposable
{
    private readonly Queue<byte[]> _queue = new();

    public void Push(ReadOnlySpan<byte> data)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(buffer);
        _queue.Enqueue(buffer);
    }

    public byte[] Pop() => _queue.Dequeue();

    public void Dispose() => _queue.Clear();
}

internal sealed class TuplesBad : IDisposable // bad: LIFE013
{
    private readonly Dictionary<string, (IntPtr Data, int Size)> _entries = new();

    public void Put(string key, int size) => _entries.Add(key, (Marshal.AllocHGlobal(size), size));

    public void Dispose() => _entries.Clear();
}

internal sealed class TuplesGood : IDisposable
{
    private readonly Dictionary<string, (IntPtr Data, int Size)> _entries = new();

    public void Put(string key, int size) => _entries.Add(key, (Marshal.AllocHGlobal(size), size));

    public void Dispose()
    {
        foreach ((string _, (IntPtr Data, int Size) entry) in _entries)
        {
            Marshal.FreeHGlobal(entry.Data);
        }
    }
}

internal sealed class ForgottenOwnerBad : IDisposable // bad: LIFE013
{
    private IMemoryOwner<byte>? _owner;

    public ForgottenOwnerBad(int size) => _owner = MemoryPool<byte>.Shared.Rent(size);

    public Memory<byte> Memory => _owner!.Memory;

    public void Dispose() => _owner = null;
}

internal sealed class PoolGood : IDisposable
{
    private readonly List<IntPtr> _free = new();

    public IntPtr Rent(int size)
    {
        if (_free.Count == 0)
        {
            return Marshal.AllocHGlobal(size);
        }

        IntPtr block = _free[_free.Count - 1];
        _free.RemoveAt(_free.Count - 1);
        return block;
    }

    public void Return(IntPtr block) => _free.Add(block);

    public void Dispose()
    {
        foreach (IntPtr block in _free)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class LoanGood : IDisposable
{
    private readonly HashSet<IntPtr> _lent = new();

    public IntPtr Lend(int size)
    {
        IntPtr block = Marshal.AllocHGlobal(size);
        _lent.Add(block);
        return block;
    }

    public void Return(IntPtr block)
    {
        if (_lent.Remove(block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public void Dispose() => _lent.Clear();
}

internal sealed class ShownGood
{
    private readonly List<IntPtr> _all = new();

    public IReadOnlyList<IntPtr> All => _all;

    public void Take(int size) => _all.Add(Marshal.AllocHGlobal(size));
}

internal sealed class EachGood : IDisposable
{
    private readonly List<IntPtr> _all = new();

    public void Take(int size) => _all.Add(Marshal.AllocHGlobal(size));

    public void Dispose() => _all.ForEach(Marshal.FreeHGlobal);
}

internal sealed class TrimGood : IDisposable
{
    private readonly List<IntPtr> _all = new();

    public void Take(int size) => _all.Add(Marshal.AllocHGlobal(size));

    public void Trim(int keep)
    {
        while (_all.Count > keep)
        {
            FreeLast();
        }
    }

    public void Dispose() => Trim(0);

    private void FreeLast()
    {
        Marshal.FreeHGlobal(_all[_all.Count - 1]);
        _all.RemoveAt(_all.Count - 1);
    }
}
