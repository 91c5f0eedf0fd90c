// weakness: CWE-401, CWE-415
// construct: allocators behind an interface, of which each implementation allocates and releases by another family; static members of interfaces that a type parameter calls

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.InterfaceAllocators;

public interface IAllocator
{
    nint Take(int size);

    void Give(nint block);
}

public sealed class GlobalAllocator : IAllocator
{
    public nint Take(int size) => Marshal.AllocHGlobal(size);

    public void Give(nint block) => Marshal.FreeHGlobal(block);
}

public sealed class TaskAllocator : IAllocator
{
    public nint Take(int size) => Marshal.AllocCoTaskMem(size);

    public void Give(nint block) => Marshal.FreeCoTaskMem(block);
}

public interface IArenas
{
    nint Take(int size);

    void Give(nint block);
}

public sealed class PlainArenas : IArenas
{
    public nint Take(int size) => Marshal.AllocHGlobal(size);

    public void Give(nint block) => Marshal.FreeHGlobal(block);
}

public sealed class ChunkArenas : IArenas, IDisposable
{
    private nint _chunk = Marshal.AllocHGlobal(1000);
    private int _used;

    public nint Take(int size)
    {
        var block = _chunk + _used;
        _used += size;
        return block;
    }

    public void Give(nint block)
    {
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_chunk);
        _chunk = 0;
    }
}

public interface IKeepers
{
    nint Take(int size);

    void Give(nint block);
}

public sealed class PlainKeepers : IKeepers
{
    public nint Take(int size) => Marshal.AllocHGlobal(size);

    public void Give(nint block) => Marshal.FreeHGlobal(block);
}

public sealed class ListKeepers : IKeepers
{
    private readonly List<nint> _all = new List<nint>();

    public nint Take(int size)
    {
        var block = Marshal.AllocCoTaskMem(size);
        _all.Add(block);
        return block;
    }

    public void Give(nint block)
    {
    }

    public void Clear()
    {
        foreach (var block in _all)
        {
            Marshal.FreeCoTaskMem(block);
        }

        _all.Clear();
    }
}

public unsafe interface IMemory
{
    static abstract void* Take(nuint size);

    static abstract void Give(void* block);
}

public sealed unsafe class PlainMemory : IMemory
{
    public static void* Take(nuint size) => NativeMemory.Alloc(size);

    public static void Give(void* block) => NativeMemory.Free(block);
}

public sealed unsafe class AlignedMemory : IMemory
{
    public static void* Take(nuint size) => NativeMemory.AlignedAlloc(size, 64);

    public static void Give(void* block) => NativeMemory.AlignedFree(block);
}

public unsafe struct Vector<T, TMemory> : IDisposable
    where T : unmanaged
    where TMemory : IMemory
{
    private T* _items;
    private int _count;

    public Vector(int capacity)
    {
        _items = (T*)TMemory.Take((nuint)(capacity * sizeof(T)));
        _count = 0;
    }

    public readonly Span<T> Span => new(_items, _count);

    public void Add(T item) => _items[_count++] = item;

    public Vector<T, TMemory> Move()
    {
        var moved = this;
        this = default;
        return moved;
    }

    public readonly Vector<T, TMemory> Copy()
    {
        var copy = new Vector<T, TMemory>(_count);
        Span.CopyTo(new Span<T>(copy._items, _count));
        copy._count = _count;
        return copy;
    }

    public void Dispose()
    {
        TMemory.Give(_items);
        this = default;
    }
}

public sealed class Holder : IDisposable
{
    private readonly IAllocator _allocator;
    private nint _block;

    public Holder(IAllocator allocator)
    {
        _allocator = allocator;
        _block = allocator.Take(4);
    }

    public void Grow(int size) // good
    {
        var grown = _allocator.Take(size);
        _allocator.Give(_block);
        _block = grown;
    }

    public void Dispose() // good
    {
        _allocator.Give(_block);
        _block = 0;
    }
}

public static unsafe class Uses
{
    public static int Lost(IAllocator allocator, bool early) // bad: LIFE004
    {
        var block = allocator.Take(4);
        if (early)
        {
            return 1;
        }

        allocator.Give(block);
        return 0;
    }

    public static void GivenTwice(IAllocator allocator, bool early) // bad: LIFE006
    {
        var block = allocator.Take(4);
        if (early)
        {
            allocator.Give(block);
        }

        allocator.Give(block);
    }

    public static int LostGeneric<TMemory>(bool early) // bad: LIFE004
        where TMemory : IMemory
    {
        var block = TMemory.Take(4);
        if (early)
        {
            return 1;
        }

        TMemory.Give(block);
        return 0;
    }

    public static int Given(IAllocator allocator) // good
    {
        var block = allocator.Take(4);
        try
        {
            return Marshal.ReadByte(block);
        }
        finally
        {
            allocator.Give(block);
        }
    }

    public static void Maybe(IAllocator allocator, bool needed) // good
    {
        nint block = 0;
        if (needed)
        {
            block = allocator.Take(4);
        }

        if (block != 0)
        {
            allocator.Give(block);
        }
    }

    public static nint ForTheCaller(IAllocator allocator) => allocator.Take(4); // good

    public static void Kept(IAllocator allocator, List<nint> blocks) => blocks.Add(allocator.Take(4)); // good

    public static int OfArenas(IArenas arenas, bool early) // good
    {
        var block = arenas.Take(4);
        if (early)
        {
            return 1;
        }

        arenas.Give(block);
        return 0;
    }

    public static int OfKeepers(IKeepers keepers, bool early) // good
    {
        var block = keepers.Take(4);
        if (early)
        {
            return 1;
        }

        keepers.Give(block);
        return 0;
    }

    public static Vector<int, PlainMemory> Range(int count) // good
    {
        var range = new Vector<int, PlainMemory>(count);
        for (var i = 0; i < count; i++)
        {
            range.Add(i);
        }

        return range;
    }

    public static Vector<int, PlainMemory> Evens(int count) // bad: LIFE003
    {
        var source = Range(count);
        var evens = new Vector<int, PlainMemory>(count);
        foreach (var item in source.Span)
        {
            if ((item & 1) == 0)
            {
                evens.Add(item);
            }
        }

        return evens;
    }

    public static int Twice(int count) // bad: LIFE006
    {
        var one = Range(count);
        var other = one;
        var length = one.Span.Length + other.Span.Length;
        one.Dispose();
        other.Dispose();
        return length;
    }

    public static int Moved(int count) // good
    {
        var one = Range(count);
        var other = one.Move();
        var length = other.Span.Length;
        other.Dispose();
        one.Dispose();
        return length;
    }

    public static int Copied(int count) // good
    {
        var one = Range(count);
        var other = one.Copy();
        var length = one.Span.Length + other.Span.Length;
        one.Dispose();
        other.Dispose();
        return length;
    }
}
