using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Acme.Tables;

// Types that keep their blocks in collections and arrays.
public sealed class Names
{
    private readonly Dictionary<string, IntPtr> _names = new();

    public IntPtr Intern(string name)
    {
        if (!_names.TryGetValue(name, out var known))
        {
            known = Marshal.StringToHGlobalAnsi(name);
            _names.Add(name, known);
        }

        return known;
    }

    public void Dispose()
    {
        // the names stay as long as this
    }
}

public class Registry : IDisposable
{
    private readonly List<GCHandle> _handles = new();
    private readonly Stack<nint> _free = new();

    public void Pin(object value) => _handles.Add(GCHandle.Alloc(value, GCHandleType.Pinned));

    public void Reserve(int size) => _free.Push(Marshal.AllocHGlobal(size));

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Console.WriteLine("disposed");
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}

public sealed class Rows
{
    private readonly nint[] _rows = new nint[16];

    public void Fill(int size)
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i] = Marshal.AllocHGlobal(size);
        }
    }
}

public unsafe class Planes : IDisposable
{
    private byte*[]? _planes;

    public Planes(int count)
    {
        _planes = new byte*[count];
        for (int i = 0; i < count; i++)
        {
            _planes[i] = (byte*)NativeMemory.Alloc(100);
        }
    }

    public void Dispose()
    {
        _planes = null;
    }
}

public sealed class Owners : IDisposable
{
    private readonly ConcurrentDictionary<int, IMemoryOwner<byte>> _owners = new();
    private readonly IMemoryOwner<char>[] _kept = new IMemoryOwner<char>[4];

    public void Set(int key, int size)
    {
        _owners[key] = MemoryPool<byte>.Shared.Rent(size);
    }

    public void Keep(int size)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            _kept[i] = MemoryPool<char>.Shared.Rent(size);
        }
    }

    public void Forget(int key)
    {
        if (!_owners.TryRemove(key, out _))
        {
            throw new KeyNotFoundException();
        }

        Console.WriteLine("forgotten");
    }

    public void Dispose()
    {
        foreach (var owner in _owners.Values)
        {
            owner.Dispose();
        }
    }
}

public sealed class Entries
{
    private readonly Queue<(nint Data, int Size)> _entries = new();

    public void Put(int size) => _entries.Enqueue((Marshal.AllocHGlobal(size), size));

    public bool Drop()
    {
        return _entries.TryDequeue(out _);
    }

    public void Dispose() => _entries.Clear();
}

public sealed class Slots : IDisposable
{
    private readonly List<nint> _slots = new();

    public void Add(int size) => _slots.Add(Marshal.AllocHGlobal(size));

    public void DropLast()
    {
        _slots.RemoveAt(_slots.Count - 1);
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            Marshal.FreeHGlobal(slot);
        }
    }
}
