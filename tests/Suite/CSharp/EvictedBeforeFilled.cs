// weakness: CWE-401
// construct: a member that another one empties an entry for
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.EvictedBeforeFilled;

internal sealed class ReplacedBad : IDisposable // bad: LIFE013
{
    private readonly Dictionary<string, IntPtr> _blocks = new();

    public void Put(string key)
    {
        Log(key);
        _blocks[key] = Marshal.StringToHGlobalUni(key);
    }

    public void Dispose()
    {
        foreach (IntPtr block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void Log(string key) => Console.WriteLine(key);
}

internal sealed class EvictedGood : IDisposable
{
    private readonly Dictionary<string, IntPtr> _blocks = new();

    public void Put(string key)
    {
        Evict(key);
        _blocks[key] = Marshal.StringToHGlobalUni(key);
    }

    public void Evict(string key)
    {
        if (_blocks.Remove(key, out IntPtr block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public void Dispose()
    {
        foreach (IntPtr block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class EvictedByAnotherGood : IDisposable
{
    private readonly Dictionary<string, IntPtr> _blocks = new();

    public void Put(string key)
    {
        Drop(key);
        _blocks[key] = Marshal.StringToHGlobalUni(key);
    }

    public void Dispose()
    {
        foreach (IntPtr block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private void Drop(string key) => Free(key);

    private void Free(string key)
    {
        if (_blocks.TryGetValue(key, out IntPtr block))
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed class SlotGood : IDisposable
{
    private readonly IntPtr[] _slots = new IntPtr[10];

    public void Put(int slot)
    {
        Free(slot);
        _slots[slot] = Marshal.AllocHGlobal(10);
    }

    public void Dispose()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            Free(i);
        }
    }

    private void Free(int slot)
    {
        Marshal.FreeHGlobal(_slots[slot]);
        _slots[slot] = IntPtr.Zero;
    }
}

internal sealed class EmptiedGood : IDisposable
{
    private readonly Dictionary<string, IntPtr> _blocks = new();

    public void Restart(string key)
    {
        Empty();
        _blocks[key] = Marshal.StringToHGlobalUni(key);
    }

    public void Dispose() => Empty();

    private void Empty()
    {
        foreach (IntPtr block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }

        _blocks.Clear();
    }
}
