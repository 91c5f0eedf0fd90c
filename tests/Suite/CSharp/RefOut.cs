// weakness: mixed
// construct: ref, out and in parameters
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.RefOut;

internal static unsafe class Transfers
{
    public static void MakeGood(out byte* block) => block = (byte*)NativeMemory.Alloc(8);

    public static void MakeTwoGood(out nint left, out nint right)
    {
        left = Marshal.AllocHGlobal(8);
        right = Marshal.AllocHGlobal(8);
    }

    public static void OutCallerGood()
    {
        MakeGood(out byte* block);
        *block = 1;
        NativeMemory.Free(block);
    }

    public static void OutCallerBad() // bad: LIFE003|LIFE004
    {
        MakeGood(out byte* block);
        *block = 1;
    }

    public static void OutOverwritesBad() // bad: LIFE004|LIFE003
    {
        byte* block = (byte*)NativeMemory.Alloc(4);
        MakeGood(out block);
        NativeMemory.Free(block);
    }

    public static void OutTwoBad() // bad: LIFE003|LIFE004
    {
        MakeTwoGood(out nint left, out nint right);
        Marshal.WriteByte(right, 1);
        Marshal.FreeHGlobal(left);
    }

    public static void OutTwoGood()
    {
        MakeTwoGood(out nint left, out nint right);
        Marshal.FreeHGlobal(right);
        Marshal.FreeHGlobal(left);
    }

    public static void GrowGood(ref byte[] buffer, int wanted)
    {
        if (buffer.Length >= wanted)
        {
            return;
        }

        byte[] old = buffer;
        buffer = ArrayPool<byte>.Shared.Rent(wanted);
        old.CopyTo(buffer, 0);
        ArrayPool<byte>.Shared.Return(old);
    }

    public static void GrowCallerGood(int wanted)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        GrowGood(ref buffer, wanted);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void GrowCallerBad(int wanted) // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        GrowGood(ref buffer, wanted);
        buffer[0] = 1;
    }

    public static void ReleaseGood(ref nint block)
    {
        Marshal.FreeHGlobal(block);
        block = 0;
    }

    public static void ReleaseTwiceGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseGood(ref block);
        ReleaseGood(ref block);
    }

    public static void ReleaseWithoutClearGood(ref nint block) => Marshal.FreeHGlobal(block);

    public static void ReleaseWithoutClearTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseWithoutClearGood(ref block);
        ReleaseWithoutClearGood(ref block);
    }

    public static void InBorrowsBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        Write(in block);
    }

    public static void InBorrowsGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        Write(in block);
        Marshal.FreeHGlobal(block);
    }

    public static void ClearedOnlyBad() // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(8);
        Clear(out block);
        Marshal.FreeHGlobal(block);
    }

    public static void RefLocalGood(bool first)
    {
        nint left = 0;
        nint right = 0;
        ref nint target = ref left;
        if (!first)
        {
            target = ref right;
        }

        target = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(left);
        Marshal.FreeHGlobal(right);
    }

    public static void RefReturnGood()
    {
        nint[] slots = new nint[4];
        Slot(slots, 2) = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(slots[2]);
    }

    public static bool MaybeTakeGood(ref nint block, bool take)
    {
        if (take)
        {
            Marshal.FreeHGlobal(block);
            block = 0;
            return true;
        }

        return false;
    }

    public static void MaybeTakeCallerGood(bool take)
    {
        nint block = Marshal.AllocHGlobal(8);
        MaybeTakeGood(ref block, take);
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void MaybeTakeResultCallerGood(bool take)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (!MaybeTakeGood(ref block, take))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static ref nint Slot(nint[] slots, int index) => ref slots[index];

    private static void Write(in nint block) => Marshal.WriteByte(block, 1);

    private static void Clear(out nint block) => block = 0;
}
