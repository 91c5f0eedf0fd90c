// weakness: CWE-415
// construct: elements of an array or collection that a member releases and leaves where they are, and that the disposal of the object releases once more

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.ElementsLeftThere;

public sealed unsafe class Slots : IDisposable
{
    private readonly byte*[] _slots = new byte*[8];
    private readonly long[] _tags = new long[8];

    public void Fill(int slot, long tag)
    {
        if (_slots[slot] == null)
        {
            _slots[slot] = (byte*)NativeMemory.AllocZeroed(64);
        }

        _tags[slot] = tag;
    }

    public void Evict(int slot) // bad: LIFE006
    {
        NativeMemory.Free(_slots[slot]);
        _tags[slot] = 0;
    }

    public void Drop(int slot) // good
    {
        NativeMemory.Free(_slots[slot]);
        _slots[slot] = null;
    }

    public void Dispose() // good
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            NativeMemory.Free(_slots[i]);
            _slots[i] = null;
        }
    }
}

public sealed class Names : IDisposable
{
    private readonly Dictionary<int, nint> _names = new Dictionary<int, nint>();

    public void Add(int key, string name)
    {
        if (!_names.ContainsKey(key))
        {
            _names[key] = Marshal.StringToHGlobalAnsi(name);
        }
    }

    public bool Expire(int key) // bad: LIFE006
    {
        if (!_names.TryGetValue(key, out nint name))
        {
            return false;
        }

        Marshal.FreeHGlobal(name);
        return true;
    }

    public bool Remove(int key) // good
    {
        if (!_names.TryGetValue(key, out nint name))
        {
            return false;
        }

        Marshal.FreeHGlobal(name);
        _names.Remove(key);
        return true;
    }

    public void Clear() // good
    {
        foreach (var name in _names.Values)
        {
            Marshal.FreeHGlobal(name);
        }

        _names.Clear();
    }

    public void Dispose() // good
    {
        foreach (var name in _names.Values)
        {
            Marshal.FreeHGlobal(name);
        }

        _names.Clear();
    }
}

/// <summary>A count says how many are there.</summary>
public sealed class Counted : IDisposable
{
    private readonly List<nint> _blocks = new List<nint>();
    private int _count;

    public void Add(int size)
    {
        _blocks.Add(Marshal.AllocHGlobal(size));
        _count++;
    }

    public void RemoveLast() // good
    {
        Marshal.FreeHGlobal(_blocks[--_count]);
    }

    public void Dispose() // good
    {
        for (var i = 0; i < _count; i++)
        {
            Marshal.FreeHGlobal(_blocks[i]);
        }
    }
}

/// <summary>A flag beside each element says whether it is there.</summary>
public sealed class Flagged : IDisposable
{
    private readonly nint[] _blocks = new nint[4];
    private readonly bool[] _gone = new bool[4];

    public void Fill(int at)
    {
        if (_blocks[at] == 0)
        {
            _blocks[at] = Marshal.AllocHGlobal(16);
        }
    }

    public void End(int at) // good
    {
        Marshal.FreeHGlobal(_blocks[at]);
        _gone[at] = true;
    }

    public void Dispose() // good
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            if (!_gone[i])
            {
                Marshal.FreeHGlobal(_blocks[i]);
            }
        }
    }
}

/// <summary>The array has more than one name, or is exchanged as a whole.</summary>
public sealed class Renamed : IDisposable
{
    private nint[] _blocks = new nint[4];

    public void Fill(int at)
    {
        if (_blocks[at] == 0)
        {
            _blocks[at] = Marshal.AllocHGlobal(16);
        }
    }

    public void End(int at) // good
    {
        var blocks = _blocks;
        Marshal.FreeHGlobal(blocks[at]);
        blocks[at] = 0;
    }

    public void Reset() // good
    {
        foreach (var block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        _blocks = new nint[4];
    }

    public void Dispose() // good
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            Marshal.FreeHGlobal(_blocks[i]);
        }
    }
}
