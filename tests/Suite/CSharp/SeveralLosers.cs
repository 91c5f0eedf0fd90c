// weakness: CWE-401
// construct: several members lose what another one keeps

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace LifetimeSuite.CSharp.SeveralLosers;

/// <summary>A cache: the member that fills it is right, two others forget what they take out.</summary>
public sealed class Cache : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _byName = new();
    private readonly LinkedList<Entry> _order = new();

    public int Count => _byName.Count;

    public void Put(string name, int size)
    {
        if (_byName.Remove(name, out LinkedListNode<Entry>? old))
        {
            _order.Remove(old);
            Marshal.FreeHGlobal(old.Value.Data);
        }

        _byName.Add(name, _order.AddFirst(new Entry(name, Marshal.AllocHGlobal(size))));
        while (_order.Count > 16)
        {
            EvictLast();
        }
    }

    public void Set(string name, int size) // bad: LIFE013
    {
        if (_byName.Remove(name, out LinkedListNode<Entry>? old))
        {
            _order.Remove(old);
        }

        _byName.Add(name, _order.AddFirst(new Entry(name, Marshal.AllocHGlobal(size))));
    }

    public void Clear() // bad: LIFE013
    {
        _byName.Clear();
        _order.Clear();
    }

    public void Reset()
    {
        foreach (Entry entry in _order)
        {
            Marshal.FreeHGlobal(entry.Data);
        }

        _byName.Clear();
        _order.Clear();
    }

    public void Dispose()
    {
        foreach (Entry entry in _order)
        {
            Marshal.FreeHGlobal(entry.Data);
        }

        _byName.Clear();
        _order.Clear();
    }

    private void EvictLast()
    {
        LinkedListNode<Entry> last = _order.Last!;
        _order.RemoveLast();
        _byName.Remove(last.Value.Name);
        Marshal.FreeHGlobal(last.Value.Data);
    }

    private readonly record struct Entry(string Name, nint Data);
}

/// <summary>A list that three members shorten.</summary>
public sealed unsafe class Pages : IDisposable
{
    private readonly List<nint> _pages = new();

    public nint Add()
    {
        var page = (nint)NativeMemory.AllocZeroed(4096);
        _pages.Add(page);
        return page;
    }

    public void DropFirst() => _pages.RemoveAt(0); // bad: LIFE013

    public void DropAll() => _pages.Clear(); // bad: LIFE013

    public void DropSome(int from) // bad: LIFE013
    {
        if (from < _pages.Count)
        {
            _pages.RemoveRange(from, _pages.Count - from);
        }
    }

    public void FreeFirst()
    {
        NativeMemory.Free((void*)_pages[0]);
        _pages.RemoveAt(0);
    }

    public void FreeAll()
    {
        foreach (var page in _pages)
        {
            NativeMemory.Free((void*)page);
        }

        _pages.Clear();
    }

    public void Dispose() => FreeAll();
}

/// <summary>A queue of texts, which one member reads and forgets and another one skips.</summary>
public sealed class Lines : IDisposable
{
    private readonly Queue<nint> _lines = new();

    public void Say(string line) => _lines.Enqueue(Marshal.StringToHGlobalUni(line));

    public bool Skip() // bad: LIFE013
    {
        if (_lines.Count == 0)
        {
            return false;
        }

        _lines.Dequeue();
        return true;
    }

    public string? Hear() // bad: LIFE013
    {
        if (_lines.Count == 0)
        {
            return null;
        }

        return Marshal.PtrToStringUni(_lines.Dequeue());
    }

    public string? Read()
    {
        if (_lines.Count == 0)
        {
            return null;
        }

        nint line = _lines.Dequeue();
        string? text = Marshal.PtrToStringUni(line);
        Marshal.FreeHGlobal(line);
        return text;
    }

    public void Dispose()
    {
        while (_lines.Count > 0)
        {
            Marshal.FreeHGlobal(_lines.Dequeue());
        }
    }
}

/// <summary>An array with places, one of which is exchanged, and all of which are wiped.</summary>
public sealed class Places : IDisposable
{
    private readonly nint[] _places = new nint[16];

    public void Take(int at, int size)
    {
        if (_places[at] != 0)
        {
            Marshal.FreeHGlobal(_places[at]);
        }

        _places[at] = Marshal.AllocHGlobal(size);
    }

    public void Retake(int at, int size) // bad: LIFE013
    {
        _places[at] = Marshal.AllocHGlobal(size);
    }

    public void Wipe() => Array.Clear(_places); // bad: LIFE013

    public void Free()
    {
        for (var i = 0; i < _places.Length; i++)
        {
            Marshal.FreeHGlobal(_places[i]);
            _places[i] = 0;
        }
    }

    public void Dispose() => Free();
}

/// <summary>A table of objects, of which nobody but their holder can dispose.</summary>
public sealed class Rooms : IDisposable
{
    private readonly ConcurrentDictionary<int, Room> _rooms = new();

    public int Build(int number, int size)
    {
        var room = new Room(size);
        if (!_rooms.TryAdd(number, room))
        {
            room.Dispose();
        }

        return _rooms.Count;
    }

    public bool Close(int number) => _rooms.TryRemove(number, out _); // bad: LIFE013

    public void CloseAll() => _rooms.Clear(); // bad: LIFE013

    public bool PullDown(int number)
    {
        if (!_rooms.TryRemove(number, out Room? room))
        {
            return false;
        }

        room.Dispose();
        return true;
    }

    public void Dispose()
    {
        foreach (Room room in _rooms.Values)
        {
            room.Dispose();
        }

        _rooms.Clear();
    }
}

public sealed class Room : IDisposable
{
    private nint _walls;

    public Room(int size) => _walls = Marshal.AllocHGlobal(size);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_walls);
        _walls = 0;
    }
}

/// <summary>Members that take out what others release, or leave it to their caller, are right.</summary>
public sealed class Handed : IDisposable
{
    private readonly Stack<nint> _blocks = new();

    public void Add(int size) => _blocks.Push(Marshal.AllocHGlobal(size));

    public nint DetachLast() => _blocks.Pop();

    public void Clear()
    {
        FreeAll();
        _blocks.Clear();
    }

    public void Dispose() => FreeAll();

    private void FreeAll()
    {
        foreach (nint block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

/// <summary>A block in a field, which two members forget.</summary>
public sealed class Line : IDisposable
{
    private nint _text;

    public void Read(string text)
    {
        Marshal.FreeHGlobal(_text);
        _text = Marshal.StringToHGlobalUni(text);
    }

    public void Forget()
    {
        Marshal.FreeHGlobal(_text);
        _text = 0;
    }

    public void Wipe() // bad: LIFE013
    {
        _text = 0;
    }

    public void Empty() => _text = IntPtr.Zero; // bad: LIFE013

    public void Dispose()
    {
        Marshal.FreeHGlobal(_text);
        _text = 0;
    }
}

/// <summary>A block in one field, which members put into another one.</summary>
public sealed class Kept : IDisposable
{
    private nint _text;
    private nint _last;

    public void Read(string text)
    {
        Marshal.FreeHGlobal(_text);
        _text = Marshal.StringToHGlobalUni(text);
    }

    public void Keep() // bad: LIFE013
    {
        if (_text != 0)
        {
            _last = _text;
            _text = 0;
        }
    }

    public void KeepAgain() // bad: LIFE013
    {
        _last = _text;
        _text = 0;
    }

    public void Exchange()
    {
        Marshal.FreeHGlobal(_last);
        _last = _text;
        _text = 0;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_text);
        Marshal.FreeHGlobal(_last);
        _text = 0;
        _last = 0;
    }
}

/// <summary>The same with an object that has to be disposed of.</summary>
public sealed class House : IDisposable
{
    private Room? _room;

    public void Build(int size)
    {
        _room?.Dispose();
        _room = new Room(size);
    }

    public void Leave() => _room = null; // bad: LIFE013

    public void LeaveAlso() // bad: LIFE013
    {
        _room = default;
    }

    public void PullDown()
    {
        _room?.Dispose();
        _room = null;
    }

    public void Dispose() => _room?.Dispose();
}
