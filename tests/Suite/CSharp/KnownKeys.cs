// weakness: CWE-401, CWE-415
// construct: keys that a member knows to be there; arrays that are gone through by foreach; what goes from one queue of the object into another

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.KnownKeys;

public sealed class Blocks : IDisposable
{
    private readonly Dictionary<int, nint> _blocks = new Dictionary<int, nint>();

    public void Add(int id) => _blocks.Add(id, Marshal.AllocHGlobal(16)); // good

    public void Renew(int id)
    {
        if (!_blocks.ContainsKey(id))
        {
            throw new KeyNotFoundException();
        }

        _blocks[id] = Marshal.AllocHGlobal(16); // bad: LIFE013
    }

    public void RenewInside(int id)
    {
        if (_blocks.ContainsKey(id))
        {
            _blocks[id] = Marshal.AllocHGlobal(16); // bad: LIFE013
        }
    }

    public void AddMissing(int id) // good
    {
        if (_blocks.ContainsKey(id))
        {
            return;
        }

        _blocks[id] = Marshal.AllocHGlobal(16);
    }

    public void AddMissingInside(int id) // good
    {
        if (!_blocks.ContainsKey(id))
        {
            _blocks[id] = Marshal.AllocHGlobal(16);
        }
    }

    public void Replace(int id) // good
    {
        if (!_blocks.ContainsKey(id))
        {
            throw new KeyNotFoundException();
        }

        Marshal.FreeHGlobal(_blocks[id]);
        _blocks[id] = Marshal.AllocHGlobal(16);
    }

    public void Dispose()
    {
        foreach (var block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }

        _blocks.Clear();
    }
}

public sealed class Fences : IDisposable
{
    private readonly nint[] _fences = new nint[3];
    private int _next;

    public void Begin()
    {
        var at = _next++ % 3;
        Marshal.FreeHGlobal(_fences[at]);
        _fences[at] = Marshal.AllocHGlobal(8);
    }

    public void ReleaseAll() // bad: LIFE006
    {
        foreach (var fence in _fences)
        {
            if (fence != 0)
            {
                Marshal.FreeHGlobal(fence);
            }
        }
    }

    public void Reset() // good
    {
        foreach (var fence in _fences)
        {
            Marshal.FreeHGlobal(fence);
        }

        Array.Clear(_fences, 0, _fences.Length);
    }

    public void Dispose()
    {
        for (var i = 0; i < _fences.Length; i++)
        {
            Marshal.FreeHGlobal(_fences[i]);
            _fences[i] = 0;
        }
    }
}

public sealed unsafe class Cells : IDisposable
{
    private readonly Queue<nint> _items = new Queue<nint>();
    private readonly Stack<nint> _free = new Stack<nint>();

    public void Enqueue(int value)
    {
        var cell = _free.Count > 0 ? _free.Pop() : Marshal.AllocHGlobal(4);
        *(int*)cell = value;
        _items.Enqueue(cell);
    }

    public void Trim(int keep) // bad: LIFE006
    {
        while (_items.Count > keep)
        {
            var cell = _items.Dequeue();
            _free.Push(cell);
            Marshal.FreeHGlobal(cell);
        }
    }

    public void Recycle(int keep) // good
    {
        while (_items.Count > keep)
        {
            _free.Push(_items.Dequeue());
        }
    }

    public void Shrink(int keep) // good
    {
        while (_items.Count > 0)
        {
            var cell = _items.Dequeue();
            if (_free.Count < keep)
            {
                _free.Push(cell);
            }
            else
            {
                Marshal.FreeHGlobal(cell);
            }
        }
    }

    public void Dispose()
    {
        while (_items.Count > 0)
        {
            Marshal.FreeHGlobal(_items.Dequeue());
        }

        while (_free.Count > 0)
        {
            Marshal.FreeHGlobal(_free.Pop());
        }
    }
}
