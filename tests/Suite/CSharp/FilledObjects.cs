// weakness: CWE-401
// construct: objects of a body whose constructor or members put blocks into a collection or array of their own, and that nobody disposes of

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.FilledObjects;

/// <summary>Has a block from the beginning, in a list.</summary>
public sealed class Chunks : IDisposable
{
    private readonly List<nint> _chunks = new List<nint>();

    public Chunks()
    {
        _chunks.Add(Marshal.AllocHGlobal(4096));
    }

    public int Count => _chunks.Count;

    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            Marshal.FreeHGlobal(chunk);
        }

        _chunks.Clear();
    }
}

/// <summary>Takes blocks when it is asked for pages.</summary>
public sealed unsafe class Pages : IDisposable
{
    private readonly nint[] _pages = new nint[16];
    private readonly Dictionary<string, nint> _names = new Dictionary<string, nint>();

    public Span<byte> Page(int number)
    {
        if (_pages[number] == 0)
        {
            _pages[number] = Marshal.AllocHGlobal(4096);
        }

        return new Span<byte>((void*)_pages[number], 4096);
    }

    public void Name(string name) => AddName(name);

    public bool TryName(string name)
    {
        if (_names.ContainsKey(name))
        {
            return false;
        }

        AddName(name);
        return true;
    }

    public void Clear()
    {
        for (var i = 0; i < _pages.Length; i++)
        {
            Marshal.FreeHGlobal(_pages[i]);
            _pages[i] = 0;
        }

        foreach (var name in _names.Values)
        {
            Marshal.FreeHGlobal(name);
        }

        _names.Clear();
    }

    public void Dispose() => Clear();

    private void AddName(string name) => _names.Add(name, Marshal.StringToHGlobalAnsi(name));
}

/// <summary>Gives the collection away.</summary>
public sealed class Rack : IDisposable
{
    private nint[] _blocks = new nint[4];

    public Rack(int size)
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = Marshal.AllocHGlobal(size);
        }
    }

    public nint[] Detach()
    {
        var blocks = _blocks;
        _blocks = new nint[4];
        return blocks;
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

/// <summary>Gives its blocks away.</summary>
public sealed class Tray
{
    private readonly Stack<nint> _blocks = new Stack<nint>();

    public void Put(int size) => _blocks.Push(Marshal.AllocHGlobal(size));

    public nint Take() => _blocks.Pop();
}

public static class Users
{
    public static readonly List<Pages> Kept = new List<Pages>();

    public static int DropChunks() // bad: LIFE003
    {
        var chunks = new Chunks();
        return chunks.Count;
    }

    public static int UseChunks() // good
    {
        using var chunks = new Chunks();
        return chunks.Count;
    }

    public static int DropPages(int number) // bad: LIFE003
    {
        var pages = new Pages();
        return pages.Page(number)[0];
    }

    public static int DropPagesEarly(int number) // bad: LIFE004
    {
        var pages = new Pages();
        int first = pages.Page(number)[0];
        if (first == 0)
        {
            return -1;
        }

        pages.Dispose();
        return first;
    }

    public static int UsePages(int number) // good
    {
        var pages = new Pages();
        try
        {
            return pages.Page(number)[0];
        }
        finally
        {
            pages.Dispose();
        }
    }

    public static void DropNames(string name) // bad: LIFE003
    {
        var pages = new Pages();
        pages.Name(name);
    }

    public static void ClearNames(string name) // good
    {
        var pages = new Pages();
        pages.Name(name);
        pages.Clear();
    }

    public static void LoopNames(string[] names) // good
    {
        foreach (var name in names)
        {
            var pages = new Pages();
            pages.Name(name);
            pages.Name(name + "2");
            pages.Dispose();
        }
    }

    public static void LoopDropNames(string[] names) // bad: LIFE003
    {
        foreach (var name in names)
        {
            var pages = new Pages();
            pages.Name(name);
        }
    }

    public static void KeepNames(string name) // good
    {
        var pages = new Pages();
        Kept.Add(pages);
        pages.Name(name);
    }

    public static Pages GiveNames(string name) // good
    {
        var pages = new Pages();
        pages.Name(name);
        return pages;
    }

    public static void DropGiven(string name) // bad: LIFE003
    {
        var pages = GiveNames(name);
        pages.Page(1)[0] = 1;
    }

    public static void UseGiven(string name) // good
    {
        using var pages = GiveNames(name);
        pages.Page(1)[0] = 1;
    }

    public static int Untouched() // good
    {
        var pages = new Pages();
        return pages.GetHashCode();
    }

    public static bool PerhapsNamed(string name) // good
    {
        // who has given no name has taken nothing
        var pages = new Pages();
        if (!pages.TryName(name))
        {
            return false;
        }

        pages.Dispose();
        return true;
    }

    public static void Close(string name) // good
    {
        var pages = new Pages();
        pages.Name(name);
        End(pages);
    }

    public static Action Later(string name) // good
    {
        var pages = new Pages();
        pages.Name(name);
        return () => pages.Dispose();
    }

    public static int ByLocalFunction(string name) // good
    {
        var pages = new Pages();
        pages.Name(name);
        int size = pages.GetHashCode();
        Finish();
        return size;

        void Finish() => pages.Dispose();
    }

    public static void AtExit(string name) // good
    {
        var pages = new Pages();
        pages.Name(name);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => pages.Dispose();
    }

    public static Dictionary<string, Pages> InTable(string[] names) // good
    {
        var all = new Dictionary<string, Pages>();
        foreach (var name in names)
        {
            if (!all.TryGetValue(name, out var pages))
            {
                pages = new Pages();
                all.Add(name, pages);
            }

            pages.Name(name);
        }

        return all;
    }

    public static void Detached(int size) // good
    {
        var rack = new Rack(size);
        foreach (var block in rack.Detach())
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void End(Pages pages) => pages.Dispose();

    public static int FromTray() // good
    {
        var tray = new Tray();
        tray.Put(8);
        var block = tray.Take();
        int value = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        return value;
    }
}
