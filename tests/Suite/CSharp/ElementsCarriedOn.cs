// weakness: CWE-401
// construct: collections of blocks that one member releases and another one clears, elements that go on into another collection or to who is called with them
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.ElementsCarriedOn;

internal sealed class Leaf : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class ReleasedByHelper : IDisposable
{
    private readonly List<nint> _blocks = new();

    public void Add(int size) => _blocks.Add(Marshal.AllocHGlobal(size));

    public void Reset()
    {
        Release();
        _blocks.Clear();
    }

    public void Dispose() => Reset();

    private void Release()
    {
        foreach (var block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class OnlyClearedByReset : IDisposable
{
    private readonly List<nint> _blocks = new();
    private int _resets;

    public void Add(int size) => _blocks.Add(Marshal.AllocHGlobal(size));

    public void Reset() // bad: LIFE013
    {
        Count();
        _blocks.Clear();
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        _blocks.Clear();
    }

    private void Count() => _resets++;
}

internal sealed class Lots : IDisposable
{
    private readonly HashSet<nint> _used = new();
    private readonly Stack<(nint Block, int Size)> _free = new();

    public nint Rent(int size)
    {
        if (!_free.TryPop(out var lot))
        {
            lot = (Marshal.AllocHGlobal(size), size);
        }

        _used.Add(lot.Block);
        return lot.Block;
    }

    public void Return(nint block)
    {
        if (_used.Remove(block))
        {
            _free.Push((block, 0));
        }
    }

    public void Dispose()
    {
        while (_free.TryPop(out var lot))
        {
            Marshal.FreeHGlobal(lot.Block);
        }

        foreach (var block in _used)
        {
            Marshal.FreeHGlobal(block);
        }

        _used.Clear();
    }
}

internal sealed class Moving : IDisposable
{
    private readonly List<Leaf> _open = new();
    private readonly List<Leaf> _closed = new();

    public void Add() => _open.Add(new Leaf());

    public void Close(Leaf leaf)
    {
        if (_open.Remove(leaf))
        {
            _closed.Add(leaf);
        }
    }

    public void Dispose()
    {
        foreach (var leaf in _open)
        {
            leaf.Dispose();
        }

        foreach (var leaf in _closed)
        {
            leaf.Dispose();
        }
    }
}

internal sealed class Draining : IDisposable
{
    private readonly List<Leaf> _leaves = new();

    public void Add() => _leaves.Add(new Leaf());

    public void DrainTo(Action<Leaf> take)
    {
        foreach (var leaf in _leaves)
        {
            take(leaf);
        }

        _leaves.Clear();
    }

    public void Dispose()
    {
        foreach (var leaf in _leaves)
        {
            leaf.Dispose();
        }
    }
}

internal sealed class Dropping : IDisposable
{
    private readonly List<Leaf> _leaves = new();
    private readonly List<int> _dropped = new();

    public void Add() => _leaves.Add(new Leaf());

    public void DropLast() // bad: LIFE013
    {
        _dropped.Add(_leaves.Count);
        _leaves.RemoveAt(_leaves.Count - 1);
    }

    public void Dispose()
    {
        foreach (var leaf in _leaves)
        {
            leaf.Dispose();
        }
    }
}
