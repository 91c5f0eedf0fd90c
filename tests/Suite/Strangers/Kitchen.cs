// weakness: CWE-401
// construct: operators, indexers, extensions, events, ref returns, local functions
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Strangers.Kitchen;

internal readonly unsafe struct Vector3 : IDisposable
{
    private readonly float* _items;

    private Vector3(float* items) => _items = items;

    public static Vector3 Of(float x, float y, float z)
    {
        float* items = (float*)NativeMemory.Alloc(3, sizeof(float));
        items[0] = x;
        items[1] = y;
        items[2] = z;
        return new Vector3(items);
    }

    public float X => _items[0];

    public float this[int index] => _items[index];

    public static Vector3 operator +(Vector3 left, Vector3 right) => Of(left[0] + right[0], left[1] + right[1], left[2] + right[2]);

    public static explicit operator float(Vector3 value) => value._items[0];

    public void Dispose() => NativeMemory.Free(_items);
}

internal static class NativeExtensions
{
    public static nint ToNative(this string text) => Marshal.StringToCoTaskMemUTF8(text);

    public static void FreeNative(this nint text) => Marshal.FreeCoTaskMem(text);

    public static T[] RentCopy<T>(this ReadOnlySpan<T> items)
    {
        T[] rented = ArrayPool<T>.Shared.Rent(items.Length);
        items.CopyTo(rented);
        return rented;
    }
}

internal sealed class Ticker : IDisposable
{
    private readonly GCHandle _self;

    public Ticker() => _self = GCHandle.Alloc(this, GCHandleType.Weak);

    public event EventHandler? Tick;

    public void Raise() => Tick?.Invoke(this, EventArgs.Empty);

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }
}

internal struct Cursor
{
    public nint Base;
    public int Position;
    public int Length;

    public bool Move(int by)
    {
        if (Position + by > Length)
        {
            return false;
        }

        Position += by;
        return true;
    }
}

internal static unsafe class Kitchen
{
    public static float AddGood()
    {
        using Vector3 a = Vector3.Of(1, 2, 3);
        using Vector3 b = Vector3.Of(4, 5, 6);
        using Vector3 sum = a + b;
        return sum.X;
    }

    public static float AddLosesTemporaryBad() // bad: LIFE003|LIFE004
    {
        using Vector3 a = Vector3.Of(1, 2, 3);
        using Vector3 b = Vector3.Of(4, 5, 6);
        Vector3 sum = a + b;
        return sum.X;
    }

    public static float ConvertAfterBad() // bad: LIFE007
    {
        Vector3 a = Vector3.Of(1, 2, 3);
        a.Dispose();
        return (float)a;
    }

    public static void ExtensionGood(string text)
    {
        nint native = text.ToNative();
        Io.PrintByte(Marshal.ReadByte(native));
        native.FreeNative();
    }

    public static void ExtensionBad(string text) // bad: LIFE003
    {
        nint native = text.ToNative();
        Io.PrintByte(Marshal.ReadByte(native));
    }

    public static void ExtensionTwiceBad(string text) // bad: LIFE006
    {
        nint native = text.ToNative();
        native.FreeNative();
        NativeExtensions.FreeNative(native);
    }

    public static int RentCopyGood(ReadOnlySpan<int> items)
    {
        int[] copy = items.RentCopy();
        int sum = 0;
        foreach (int item in copy)
        {
            sum += item;
        }

        ArrayPool<int>.Shared.Return(copy);
        return sum;
    }

    public static int RentCopyBad(ReadOnlySpan<int> items) // bad: LIFE003|LIFE016
    {
        int[] copy = items.RentCopy();
        int sum = 0;
        foreach (int item in copy)
        {
            sum += item;
        }

        return sum;
    }

    public static void RentCopyEarlyBad(ReadOnlySpan<int> items) // bad: LIFE007
    {
        int[] copy = items.RentCopy();
        ArrayPool<int>.Shared.Return(copy);
        copy[0] = 1;
    }

    public static int LocalFunctionGood(int n)
    {
        nint block = Take();
        int result = Use();
        Drop();
        return result;

        nint Take() => Marshal.AllocHGlobal(n);

        int Use() => Marshal.ReadInt32(block);

        void Drop() => Marshal.FreeHGlobal(block);
    }

    public static int LocalFunctionBad(int n) // bad: LIFE004|LIFE003
    {
        nint block = Take(n);
        if (n > 100)
        {
            return 0;
        }

        Drop(block);
        return n;

        static nint Take(int size) => Marshal.AllocHGlobal(size);

        static void Drop(nint given) => Marshal.FreeHGlobal(given);
    }

    public static int CursorGood(int n)
    {
        Cursor cursor = default;
        cursor.Base = Marshal.AllocHGlobal(n);
        cursor.Length = n;
        int moves = 0;
        while (cursor.Move(4))
        {
            moves += Marshal.ReadInt32(cursor.Base + cursor.Position - 4);
        }

        Marshal.FreeHGlobal(cursor.Base);
        return moves;
    }

    public static int CursorBad(int n) // bad: LIFE009
    {
        Cursor cursor = default;
        cursor.Base = Marshal.AllocHGlobal(n);
        cursor.Length = n;
        cursor.Base += 4;
        int value = Marshal.ReadInt32(cursor.Base);
        Marshal.FreeHGlobal(cursor.Base);
        return value;
    }

    private static ref int Slot(int* items, int index) => ref items[index];

    public static int RefReturnGood()
    {
        int* items = (int*)NativeMemory.AllocZeroed(4, sizeof(int));
        ref int slot = ref Slot(items, 2);
        slot = 5;
        int copy = items[2];
        NativeMemory.Free(items);
        return copy;
    }

    public static int RefLocalBad() // bad: LIFE007
    {
        int* items = (int*)NativeMemory.AllocZeroed(4, sizeof(int));
        ref int first = ref items[0];
        first = 3;
        NativeMemory.Free(items);
        return first;
    }

    public static void RefSelectGood(bool left)
    {
        nint a = Marshal.AllocHGlobal(1);
        nint b = Marshal.AllocHGlobal(2);
        ref nint chosen = ref (left ? ref a : ref b);
        Marshal.WriteByte(chosen, 1);
        Marshal.FreeHGlobal(a);
        Marshal.FreeHGlobal(b);
    }

    private static void Exchange(ref nint left, ref nint right) => (left, right) = (right, left);

    public static void ExchangeGood()
    {
        nint a = Marshal.AllocHGlobal(1);
        nint b = Marshal.AllocHGlobal(2);
        Exchange(ref a, ref b);
        Marshal.FreeHGlobal(a);
        Marshal.FreeHGlobal(b);
    }

    public static void ExchangeBad() // bad: LIFE006, LIFE003|LIFE004
    {
        nint a = Marshal.AllocHGlobal(1);
        nint b = Marshal.AllocHGlobal(2);
        nint kept = a;
        Exchange(ref a, ref b);
        Marshal.FreeHGlobal(kept);
        Marshal.FreeHGlobal(b);
    }

    public static void EventGood()
    {
        using var ticker = new Ticker();
        nint block = Marshal.AllocHGlobal(8);
        ticker.Tick += (_, _) => Marshal.WriteByte(block, 1);
        ticker.Raise();
        Marshal.FreeHGlobal(block);
    }

    public static int CheckedBad(int count) // bad: LIFE004|LIFE003|LIFE005
    {
        nint block = Marshal.AllocHGlobal(16);
        if (count == 0)
        {
            return checked(count + 1);
        }

        int result = checked(count * Marshal.ReadInt32(block));
        Marshal.FreeHGlobal(block);
        return result;
    }

    public static void PinnedMemoryGood(Memory<byte> memory, Action<nint> use)
    {
        using MemoryHandle handle = memory.Pin();
        use((nint)handle.Pointer);
    }

    public static byte PinnedMemoryBad(Memory<byte> memory) // bad: LIFE003
    {
        MemoryHandle handle = memory.Pin();
        return *(byte*)handle.Pointer;
    }

    public static byte PinnedMemoryAfterBad(Memory<byte> memory) // bad: LIFE007
    {
        byte* p;
        using (MemoryHandle handle = memory.Pin())
        {
            p = (byte*)handle.Pointer;
        }

        return *p;
    }

    public static int NullableGood(int? size)
    {
        nint? block = size is { } n ? Marshal.AllocHGlobal(n) : null;
        int value = block is { } b ? Marshal.ReadInt32(b) : 0;
        if (block.HasValue)
        {
            Marshal.FreeHGlobal(block.Value);
        }

        return value;
    }

    public static int NullableBad(int? size) // bad: LIFE003|LIFE004
    {
        nint? block = size is { } n ? Marshal.AllocHGlobal(n) : null;
        return block is { } b ? Marshal.ReadInt32(b) : 0;
    }

    public static int DoWhileBad(int n) // bad: LIFE004|LIFE003
    {
        int sum = 0;
        do
        {
            nint block = Marshal.AllocHGlobal(8);
            sum += Marshal.ReadInt32(block);
            if (sum > 50)
            {
                continue;
            }

            Marshal.FreeHGlobal(block);
        }
        while (--n > 0);
        return sum;
    }

    public static int DoWhileGood(int n)
    {
        int sum = 0;
        do
        {
            nint block = Marshal.AllocHGlobal(8);
            sum += Marshal.ReadInt32(block);
            Marshal.FreeHGlobal(block);
            if (sum > 50)
            {
                continue;
            }

            sum++;
        }
        while (--n > 0);
        return sum;
    }

    public static void NestedLoopsBad(int rows, int columns) // bad: LIFE004|LIFE003
    {
        for (int r = 0; r < rows; r++)
        {
            nint row = Marshal.AllocHGlobal(columns);
            for (int c = 0; c < columns; c++)
            {
                if (Marshal.ReadByte(row, c) == 0)
                {
                    goto next;
                }
            }

            Marshal.FreeHGlobal(row);
        next:
            Io.PrintInt(r);
        }
    }

    public static void NestedLoopsGood(int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            nint row = Marshal.AllocHGlobal(columns);
            for (int c = 0; c < columns; c++)
            {
                if (Marshal.ReadByte(row, c) == 0)
                {
                    goto done;
                }
            }

            Io.PrintInt(r);
        done:
            Marshal.FreeHGlobal(row);
        }
    }
}
