// weakness: CWE-401
// construct: tables from which members take entries by a key of the caller's
#nullable enable
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.KeysOfTables;

internal sealed class Cell : IDisposable
{
    private nint _memory = Marshal.AllocHGlobal(4);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_memory);
        _memory = 0;
    }
}

internal sealed class Blocks : IDisposable
{
    private readonly Dictionary<int, nint> _blocks = new();

    public void Add(int key, nint block) => _blocks.Add(key, block);

    public bool Drop(int key)
    {
        if (!_blocks.Remove(key, out var block))
        {
            return false;
        }

        Marshal.FreeHGlobal(block);
        return true;
    }

    public bool RemoveBad(int key) // bad: LIFE013
    {
        return _blocks.Remove(key);
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

internal sealed class Handles : IDisposable
{
    private readonly Dictionary<int, GCHandle> _handles = new();

    public void Add(int key, GCHandle handle) => _handles.Add(key, handle);

    public void Drop(int key)
    {
        if (_handles.Remove(key, out var handle))
        {
            handle.Free();
        }
    }

    public void RemoveBad(int key) // bad: LIFE013
    {
        _handles.Remove(key);
    }

    public void Dispose()
    {
        foreach (var handle in _handles.Values)
        {
            handle.Free();
        }

        _handles.Clear();
    }
}

internal sealed class Moved : IDisposable
{
    private readonly Dictionary<int, nint> _used = new();
    private readonly Dictionary<int, nint> _free = new();

    public void Add(int key, nint block) => _used.Add(key, block);

    public void Drop(int key)
    {
        if (_used.Remove(key, out var block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public nint TakeGood(int key)
    {
        var block = _used[key];
        _used.Remove(key);
        return block;
    }

    public void MoveGood(int key)
    {
        if (_used.TryGetValue(key, out var block))
        {
            _free[key] = block;
            _used.Remove(key);
        }
    }

    public void FreeFoundGood(int key)
    {
        if (_used.TryGetValue(key, out var block))
        {
            Marshal.FreeHGlobal(block);
            _used.Remove(key);
        }
    }

    public bool DetachGood(int key) => _used.Remove(key);

    public void Dispose()
    {
        foreach (var block in _used.Values)
        {
            Marshal.FreeHGlobal(block);
        }

        foreach (var block in _free.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class ByHelpers : IDisposable
{
    private readonly Dictionary<int, Cell> _cells = new();

    public void Add(int key, Cell cell) => _cells.Add(key, cell);

    public Cell Find(int key) => _cells[key];

    public void Drop(int key)
    {
        if (_cells.Remove(key, out var cell))
        {
            cell.Dispose();
        }
    }

    public Cell TakeOutGood(int key)
    {
        var cell = Find(key);
        _cells.Remove(key);
        return cell;
    }

    public void EndGood(int key)
    {
        Find(key).Dispose();
        _cells.Remove(key);
    }

    public void RemoveBad(int key) // bad: LIFE013
    {
        _cells.Remove(key);
    }

    public void Dispose()
    {
        foreach (var cell in _cells.Values)
        {
            cell.Dispose();
        }

        _cells.Clear();
    }
}
