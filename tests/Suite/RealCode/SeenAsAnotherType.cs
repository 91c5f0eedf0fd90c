// weakness: leak
// construct: owners behind fields of type object, seen as what they are without a check; assertions
using System;
using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cases.RealCode.SeenAsAnotherType;

/// <summary>Owns either a rented array, with its pool, or an owner.</summary>
public struct Either<T> : IDisposable
{
    private readonly object? _owner;
    private readonly T[]? _array;

    public Either(MemoryPool<T> pool, int length)
    {
        _array = null;
        _owner = pool.Rent(length);
    }

    private readonly void Clear()
    {
        if (_array is null)
        {
            Debug.Assert(_owner is null or IDisposable);
            Unsafe.As<IDisposable>(_owner)?.Dispose();
        }
        else if (_owner is not null)
        {
            Unsafe.As<ArrayPool<T>>(_owner).Return(_array);
        }
    }

    public void Dispose()
    {
        Clear();
        this = default;
    }
}

/// <summary>Pins one array at a time.</summary>
public sealed class Pins : IDisposable
{
    private GCHandle _pin;

    public nint Pin(byte[] data)
    {
        Debug.Assert(!_pin.IsAllocated);
        _pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        return _pin.AddrOfPinnedObject();
    }

    public void Dispose()
    {
        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
    }
}

internal static class Owners
{
    public static int Use(MemoryPool<byte> pool)
    {
        using var either = new Either<byte>(pool, 16);
        return either.GetHashCode();
    }

    public static void SeenAsDisposable(MemoryPool<byte> pool)
    {
        var owner = pool.Rent(16);
        Unsafe.As<IDisposable>(owner).Dispose();
    }

    public static void SeenAsObjectBad(MemoryPool<byte> pool) // bad: LIFE003
    {
        var owner = pool.Rent(16);
        Unsafe.As<object>(owner).ToString();
    }

    public static unsafe void AssertedNotNullBad(int size) // bad: LIFE003
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        Debug.Assert(block != null);
        *block = 1;
    }
}
