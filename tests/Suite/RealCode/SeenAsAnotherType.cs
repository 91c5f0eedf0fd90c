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

    /// <summary>Gives the memory back when nothing is left of it.</summary>
    public bool TryResize(int length)
    {
        if (length == 0)
        {
            Dispose();
        }

        return length >= 0;
    }

    public void Dispose()
    {
        Clear();
        this = default;
    }
}

/// <summary>A rented array or native memory, as a switch of the process has it.</summary>
public ref struct Scratch<T>
    where T : unmanaged
{
    private readonly object? _owner;
    private readonly Span<T> _memory;

    public unsafe Scratch(int length)
    {
        if (IsNative)
        {
            _memory = new Span<T>(NativeMemory.Alloc((nuint)length, (nuint)sizeof(T)), length);
            _owner = string.Empty;
        }
        else
        {
            var rented = ArrayPool<T>.Shared.Rent(length);
            _memory = new Span<T>(rented, 0, length);
            _owner = rented;
        }
    }

    public readonly Span<T> Span => _memory;

    private static bool IsNative => AppContext.TryGetSwitch("Scratch.IsNative", out var isOn) && isOn;

    private readonly unsafe void Clear()
    {
        if (_owner is T[] rented)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
        else if (IsNative)
        {
            NativeMemory.Free(Unsafe.AsPointer(ref MemoryMarshal.GetReference(_memory)));
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

    public static void DisposedByUsing(int length)
    {
        using var scratch = new Scratch<int>(length);
        scratch.Span.Clear();
    }

    public static void DisposedByCall(int length)
    {
        var scratch = new Scratch<int>(length);
        scratch.Span.Clear();
        scratch.Dispose();
    }

    public static void NotDisposedBad(int length) // bad: LIFE003
    {
        var scratch = new Scratch<int>(length);
        scratch.Span.Clear();
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
