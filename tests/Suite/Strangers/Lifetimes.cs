// weakness: CWE-401
// construct: owners: counts, flags, lazy fields, inheritance, moves
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading;
using Suite.Support;

namespace Strangers.Lifetimes;

internal sealed unsafe class SharedBlock
{
    private byte* _data;
    private int _count = 1;

    public SharedBlock(int size) => _data = (byte*)NativeMemory.Alloc((nuint)size);

    public void AddRef() => Interlocked.Increment(ref _count);

    public void Release()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            NativeMemory.Free(_data);
            _data = null;
        }
    }
}

internal sealed class LazyNative : IDisposable
{
    private nint _table;

    public nint Table
    {
        get
        {
            if (_table == 0)
            {
                _table = Marshal.AllocHGlobal(256);
            }

            return _table;
        }
    }

    public void Dispose()
    {
        if (_table != 0)
        {
            Marshal.FreeHGlobal(_table);
            _table = 0;
        }
    }
}

internal sealed class LazyNativeForgets : IDisposable // bad: LIFE013
{
    private nint _table;
    private bool _disposed;

    public nint Table => _table != 0 ? _table : _table = Marshal.AllocHGlobal(256);

    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    public bool IsDisposed => _disposed;
}

internal class BaseOwner : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(32);

    ~BaseOwner() => Dispose(false);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_block != 0)
        {
            Marshal.FreeHGlobal(_block);
            _block = 0;
        }
    }
}

internal sealed class DerivedOwner : BaseOwner
{
    private byte[]? _rented = ArrayPool<byte>.Shared.Rent(64);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }

        base.Dispose(disposing);
    }
}

internal sealed class DerivedOwnerForgets : BaseOwner // bad: LIFE013
{
    private nint _extra = Marshal.AllocHGlobal(8);

    protected override void Dispose(bool disposing)
    {
        Io.PrintInt((int)_extra);
        base.Dispose(disposing);
    }
}

internal sealed class MaybeOwner(nint block, bool owns) : IDisposable
{
    public nint Block => block;

    public void Dispose()
    {
        if (owns)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

internal sealed unsafe class GrowBuffer : IDisposable
{
    private byte* _bytes;
    private int _capacity;

    public void Ensure(int capacity)
    {
        if (capacity <= _capacity)
        {
            return;
        }

        byte* bigger = (byte*)NativeMemory.Alloc((nuint)capacity);
        Buffer.MemoryCopy(_bytes, bigger, capacity, _capacity);
        NativeMemory.Free(_bytes);
        _bytes = bigger;
        _capacity = capacity;
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _capacity = 0;
    }
}

internal sealed unsafe class GrowBufferLoses : IDisposable
{
    private byte* _bytes;
    private int _capacity;

    public void Reserve(int capacity) // bad: LIFE013
    {
        if (capacity <= _capacity)
        {
            return;
        }

        byte* bigger = (byte*)NativeMemory.Alloc((nuint)capacity);
        Buffer.MemoryCopy(_bytes, bigger, capacity, _capacity);
        _bytes = bigger;
        _capacity = capacity;
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
    }
}

internal sealed class ResetTwice : IDisposable
{
    private nint _block = Marshal.AllocCoTaskMem(16);

    public void Reset() // bad: LIFE006
    {
        Marshal.FreeCoTaskMem(_block);
    }

    public void Dispose() => Marshal.FreeCoTaskMem(_block);
}

internal sealed class ResetFresh : IDisposable
{
    private nint _block = Marshal.AllocCoTaskMem(16);

    public void Reset()
    {
        Marshal.FreeCoTaskMem(_block);
        _block = Marshal.AllocCoTaskMem(16);
    }

    public void Dispose() => Marshal.FreeCoTaskMem(_block);
}

internal sealed class TwoFields : IDisposable // bad: LIFE013
{
    private readonly nint _left = Marshal.AllocHGlobal(8);
    private readonly nint _right = Marshal.AllocHGlobal(8);

    public int Sum() => Marshal.ReadInt32(_left) + Marshal.ReadInt32(_right);

    public void Dispose() => Marshal.FreeHGlobal(_left);
}

internal sealed class ListOwner : IDisposable
{
    private readonly List<nint> _blocks = [];

    public nint Add(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        _blocks.Add(block);
        return block;
    }

    public void Dispose()
    {
        foreach (nint block in _blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        _blocks.Clear();
    }
}

internal static class Slots
{
    private static nint s_current;

    public static nint SwapGood(int size)
    {
        nint fresh = Marshal.AllocHGlobal(size);
        nint old = Interlocked.Exchange(ref s_current, fresh);
        if (old != 0)
        {
            Marshal.FreeHGlobal(old);
        }

        return fresh;
    }

    public static void PublishOnceGood(int size)
    {
        nint fresh = Marshal.AllocHGlobal(size);
        if (Interlocked.CompareExchange(ref s_current, fresh, 0) != 0)
        {
            Marshal.FreeHGlobal(fresh);
        }
    }

    public static void TakeBad() // bad: LIFE006
    {
        nint old = Interlocked.Exchange(ref s_current, 0);
        if (old != 0)
        {
            Marshal.FreeHGlobal(old);
        }

        Marshal.FreeHGlobal(old);
    }
}

internal static class Users
{
    public static void CountGood()
    {
        var shared = new SharedBlock(10);
        shared.AddRef();
        shared.Release();
        shared.Release();
    }

    public static int LazyGood()
    {
        using var lazy = new LazyNative();
        return Marshal.ReadInt32(lazy.Table);
    }

    public static int LazyUsedAfterBad() // bad: LIFE007
    {
        nint table;
        using (var lazy = new LazyNative())
        {
            table = lazy.Table;
        }

        return Marshal.ReadInt32(table);
    }

    public static void MaybeGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        using var owner = new MaybeOwner(block, owns: true);
        Marshal.WriteInt32(owner.Block, 1);
    }

    public static void MaybeBorrowedGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        using (var view = new MaybeOwner(block, owns: false))
        {
            Marshal.WriteInt32(view.Block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void MaybeBorrowedBad() // bad: LIFE003
    {
        nint block = Marshal.AllocHGlobal(4);
        using var view = new MaybeOwner(block, owns: false);
        Marshal.WriteInt32(view.Block, 1);
    }

    public static void MaybeTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        using (var owner = new MaybeOwner(block, owns: true))
        {
            Marshal.WriteInt32(owner.Block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static bool TryMakeGood(int size, [NotNullWhen(true)] out DerivedOwner? owner)
    {
        owner = null;
        if (size < 0)
        {
            return false;
        }

        owner = new DerivedOwner();
        return true;
    }

    public static void MakeGood(int size)
    {
        if (TryMakeGood(size, out DerivedOwner? owner))
        {
            owner.Dispose();
        }
    }

    public static void MakeBad(int size) // bad: LIFE003|LIFE004
    {
        var owner = new GrowBuffer();
        owner.Ensure(size);
        if (size > 10)
        {
            return;
        }

        owner.Dispose();
    }

    public static void FlagOwnershipGood(nint given, bool copy)
    {
        nint block = given;
        bool mine = false;
        if (copy)
        {
            block = Marshal.AllocHGlobal(8);
            mine = true;
        }

        Marshal.WriteInt64(block, 1);
        if (mine)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void FlagOwnershipBad(nint given, bool copy) // bad: LIFE004|LIFE003
    {
        nint block = given;
        bool mine = false;
        if (copy)
        {
            block = Marshal.AllocHGlobal(8);
        }

        Marshal.WriteInt64(block, 1);
        if (mine)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
