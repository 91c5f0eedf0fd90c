// weakness: mixed
// construct: lock, checked, fixed, foreach, compound assignment, goto
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Statements;

internal static unsafe class Mixed
{
    private static readonly object Gate = new();

    public static void LockGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        lock (Gate)
        {
            Marshal.WriteByte(block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void LockReturnBad(bool flag) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        lock (Gate)
        {
            if (flag)
            {
                return;
            }

            Marshal.WriteByte(block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static int CheckedGood(int a, int b)
    {
        int* block = (int*)NativeMemory.Alloc(8);
        *block = a;
        int result = unchecked(*block * b);
        NativeMemory.Free(block);
        return result;
    }

    public static void FixedBad(byte[] bytes) // bad: LIFE003|LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        fixed (byte* source = bytes)
        {
            *block = *source;
        }
    }

    public static void EnumeratorIsDisposedGood(List<int> numbers)
    {
        nint block = Marshal.AllocHGlobal(8);
        foreach (int number in numbers)
        {
            Marshal.WriteInt32(block, number);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void CompoundGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        nint cursor = block;
        cursor += 4;
        Marshal.WriteByte(cursor, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void CompoundBad() // bad: LIFE009
    {
        nint block = Marshal.AllocHGlobal(8);
        block += 4;
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static int GotoCleanupGood(int kind)
    {
        int result = 0;
        nint first = 0;
        nint second = 0;
        first = Marshal.AllocHGlobal(8);
        if (kind == 1)
        {
            result = -1;
            goto cleanup;
        }

        second = Marshal.AllocHGlobal(8);
        if (kind == 2)
        {
            result = -2;
            goto cleanup;
        }

        result = Marshal.ReadByte(second);
        cleanup:
        if (second != 0)
        {
            Marshal.FreeHGlobal(second);
        }

        if (first != 0)
        {
            Marshal.FreeHGlobal(first);
        }

        return result;
    }

    public static int GotoPastCleanupBad(int kind) // bad: LIFE004
    {
        int result = 0;
        nint first = Marshal.AllocHGlobal(8);
        if (kind == 1)
        {
            result = -1;
            goto end;
        }

        result = Marshal.ReadByte(first);
        Marshal.FreeHGlobal(first);
        end:
        return result;
    }

    public static void GotoBackwardsBad(int count) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        again:
        Marshal.FreeHGlobal(block);
        if (count-- > 0)
        {
            goto again;
        }
    }

    public static void StaircaseGood(int kind)
    {
        nint first = Marshal.AllocHGlobal(1);
        if (kind > 0)
        {
            nint second = Marshal.AllocHGlobal(2);
            if (kind > 1)
            {
                nint third = Marshal.AllocHGlobal(3);
                Marshal.WriteByte(third, 1);
                Marshal.FreeHGlobal(third);
            }

            Marshal.FreeHGlobal(second);
        }

        Marshal.FreeHGlobal(first);
    }

    public static void StaircaseBad(int kind) // bad: LIFE004
    {
        nint first = Marshal.AllocHGlobal(1);
        if (kind > 0)
        {
            nint second = Marshal.AllocHGlobal(2);
            if (kind > 1)
            {
                Marshal.FreeHGlobal(first);
                return;
            }

            Marshal.FreeHGlobal(second);
        }

        Marshal.FreeHGlobal(first);
    }

    public static void ScopedBlockGood()
    {
        {
            nint block = Marshal.AllocHGlobal(1);
            Marshal.FreeHGlobal(block);
        }

        {
            nint block = Marshal.AllocHGlobal(2);
            Marshal.FreeHGlobal(block);
        }
    }

    public static void NullCoalescingThrowGood(byte[]? bytes)
    {
        byte[] sure = bytes ?? throw new ArgumentNullException(nameof(bytes));
        byte[] rented = ArrayPool<byte>.Shared.Rent(sure.Length);
        sure.CopyTo(rented, 0);
        ArrayPool<byte>.Shared.Return(rented);
    }

    public static void ConditionalCompoundGood(bool flag)
    {
        nint block = Marshal.AllocHGlobal(8);
        bool done = false;
        done |= flag;
        if (done)
        {
            Marshal.WriteByte(block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void EmptyMethodGood()
    {
    }

    public static void DefaultSizeGood()
    {
        const int Size = sizeof(long) * 4;
        byte* block = (byte*)NativeMemory.Alloc(Size);
        *(long*)block = 1;
        NativeMemory.Free(block);
    }

    public static void UnreachableFreeBad(bool flag) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.WriteByte(block, flag ? (byte)1 : (byte)0);
        return;
#pragma warning disable CS0162
        Marshal.FreeHGlobal(block);
#pragma warning restore CS0162
    }

    public static void UnreachableLeakGood()
    {
        if (false)
        {
#pragma warning disable CS0162
            Marshal.AllocHGlobal(8);
#pragma warning restore CS0162
        }
    }
}
