// weakness: mixed
// construct: structures that own
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.StructOwners;

internal unsafe struct NativeList
{
    private int* _items;
    private int _count;
    private int _capacity;

    public readonly int Count => _count;

    public void Add(int item)
    {
        if (_count == _capacity)
        {
            _capacity = Math.Max(4, _capacity * 2);
            _items = (int*)NativeMemory.Realloc(_items, (nuint)(_capacity * sizeof(int)));
        }

        _items[_count++] = item;
    }

    public void Free()
    {
        NativeMemory.Free(_items);
        _items = null;
    }
}

internal readonly unsafe struct Slab : IDisposable
{
    private readonly void* _block;

    public Slab(nuint size) => _block = NativeMemory.Alloc(size);

    public void* Pointer => _block;

    public void Dispose() => NativeMemory.Free(_block);
}

internal struct PlainPair
{
    public nint Left;
    public nint Right;
}

internal ref struct Writer
{
    private byte[]? _rented;
    private Span<byte> _buffer;

    public Writer(Span<byte> initial)
    {
        _buffer = initial;
        _rented = null;
    }

    public void Grow()
    {
        byte[] bigger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(bigger);
        byte[]? old = _rented;
        _buffer = _rented = bigger;
        if (old is not null)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    public void Dispose()
    {
        byte[]? rented = _rented;
        this = default;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

internal static unsafe class Owners
{
    public static void ListGood()
    {
        NativeList list = default;
        list.Add(1);
        list.Add(2);
        Io.PrintInt(list.Count);
        list.Free();
    }

    public static void SlabUsingGood()
    {
        using var slab = new Slab(16);
        *(byte*)slab.Pointer = 1;
    }

    public static void SlabBad() // bad: LIFE003|LIFE004
    {
        var slab = new Slab(16);
        *(byte*)slab.Pointer = 1;
    }

    public static void SlabTwiceBad() // bad: LIFE006
    {
        using var slab = new Slab(16);
        *(byte*)slab.Pointer = 1;
        slab.Dispose();
    }

    public static void SlabCopyTwiceBad() // bad: LIFE006
    {
        var slab = new Slab(16);
        Slab copy = slab;
        slab.Dispose();
        copy.Dispose();
    }

    public static void SlabUsedAfterDisposeBad() // bad: LIFE007
    {
        var slab = new Slab(16);
        slab.Dispose();
        *(byte*)slab.Pointer = 1;
    }

    public static void PlainFieldsGood()
    {
        PlainPair pair;
        pair.Left = Marshal.AllocHGlobal(8);
        pair.Right = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(pair.Left);
        Marshal.FreeHGlobal(pair.Right);
    }

    public static void PlainFieldsBad() // bad: LIFE003|LIFE004
    {
        PlainPair pair;
        pair.Left = Marshal.AllocHGlobal(8);
        pair.Right = Marshal.AllocHGlobal(8);
        Marshal.WriteByte(pair.Right, 1);
        Marshal.FreeHGlobal(pair.Left);
    }

    public static void PlainCopyTwiceBad() // bad: LIFE006
    {
        PlainPair pair = default;
        pair.Left = Marshal.AllocHGlobal(8);
        PlainPair copy = pair;
        Marshal.FreeHGlobal(copy.Left);
        Marshal.FreeHGlobal(pair.Left);
    }

    public static PlainPair ReturnedGood() => new() { Left = Marshal.AllocHGlobal(8) };

    public static void ReturnedCallerBad() // bad: LIFE003|LIFE004
    {
        PlainPair pair = ReturnedGood();
        Marshal.WriteByte(pair.Left, 1);
    }

    public static void ReturnedCallerGood()
    {
        PlainPair pair = ReturnedGood();
        Marshal.WriteByte(pair.Left, 1);
        Marshal.FreeHGlobal(pair.Left);
    }

    public static void WithExpressionGood()
    {
        PlainPair pair = ReturnedGood();
        PlainPair other = pair with { Right = Marshal.AllocHGlobal(8) };
        Marshal.FreeHGlobal(other.Left);
        Marshal.FreeHGlobal(other.Right);
    }

    public static void WriterGood()
    {
        var writer = new Writer(stackalloc byte[16]);
        writer.Grow();
        writer.Dispose();
    }

    public static void PassedByReferenceGood()
    {
        PlainPair pair = default;
        Fill(ref pair);
        Release(ref pair);
    }

    public static void PassedByReferenceBad() // bad: LIFE003|LIFE004 (or in Fill)
    {
        PlainPair pair = default;
        Fill(ref pair);
        Marshal.WriteByte(pair.Left, 1);
    }

    private static void Fill(ref PlainPair pair) => pair.Left = Marshal.AllocHGlobal(8);

    private static void Release(ref PlainPair pair)
    {
        Marshal.FreeHGlobal(pair.Left);
        pair.Left = 0;
    }
}
