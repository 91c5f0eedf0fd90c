// weakness: CWE-401
// construct: early return
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.EarlyReturns;

internal static unsafe class Parser
{
    public static int CountBad(ReadOnlySpan<byte> input) // bad: LIFE004
    {
        int* counts = (int*)NativeMemory.AllocZeroed(256, sizeof(int));
        foreach (byte one in input)
        {
            if (one == 0)
            {
                return -1;
            }

            counts[one]++;
        }

        int result = counts[(byte)'a'];
        NativeMemory.Free(counts);
        return result;
    }

    public static int CountGood(ReadOnlySpan<byte> input)
    {
        int* counts = (int*)NativeMemory.AllocZeroed(256, sizeof(int));
        foreach (byte one in input)
        {
            if (one == 0)
            {
                NativeMemory.Free(counts);
                return -1;
            }

            counts[one]++;
        }

        int result = counts[(byte)'a'];
        NativeMemory.Free(counts);
        return result;
    }

    public static bool GuardBad(int length) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(64);
        if (length > 64)
        {
            return false;
        }

        Marshal.WriteInt32(block, length);
        Marshal.FreeHGlobal(block);
        return true;
    }

    public static bool GuardGood(int length)
    {
        if (length > 64)
        {
            return false;
        }

        nint block = Marshal.AllocHGlobal(64);
        Marshal.WriteInt32(block, length);
        Marshal.FreeHGlobal(block);
        return true;
    }

    public static bool SecondOfTwoBad(int first, int second) // bad: LIFE004
    {
        nint left = Marshal.AllocHGlobal(first);
        nint right = Marshal.AllocHGlobal(second);
        if (first == second)
        {
            Marshal.FreeHGlobal(left);
            return false;
        }

        Marshal.FreeHGlobal(left);
        Marshal.FreeHGlobal(right);
        return true;
    }

    public static bool SecondOfTwoGood(int first, int second)
    {
        nint left = Marshal.AllocHGlobal(first);
        nint right = Marshal.AllocHGlobal(second);
        bool same = first == second;
        Marshal.FreeHGlobal(right);
        Marshal.FreeHGlobal(left);
        return !same;
    }

    public static void FirstFreedTwiceBad(int first, int second) // bad: LIFE006, LIFE003|LIFE004
    {
        nint left = Marshal.AllocHGlobal(first);
        nint right = Marshal.AllocHGlobal(second);
        Marshal.WriteByte(right, 1);
        Marshal.FreeHGlobal(left);
        Marshal.FreeHGlobal(left);
    }

    public static int NestedBad(int a, int b) // bad: LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        if (a > 0)
        {
            if (b > 0)
            {
                NativeMemory.Free(block);
                return 1;
            }

            if (b < 0)
            {
                return 2;
            }
        }

        NativeMemory.Free(block);
        return 3;
    }

    public static int NestedGood(int a, int b)
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        int result = 3;
        if (a > 0)
        {
            if (b > 0)
            {
                NativeMemory.Free(block);
                return 1;
            }

            if (b < 0)
            {
                result = 2;
            }
        }

        NativeMemory.Free(block);
        return result;
    }

    public static int ThreeRentedTwoReturnedBad(int size) // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] first = ArrayPool<byte>.Shared.Rent(size);
        byte[] second = ArrayPool<byte>.Shared.Rent(size);
        byte[] third = ArrayPool<byte>.Shared.Rent(size);
        int sum = first.Length + second.Length + third.Length;
        ArrayPool<byte>.Shared.Return(first);
        ArrayPool<byte>.Shared.Return(third);
        return sum;
    }

    public static int ThreeRentedThreeReturnedGood(int size)
    {
        byte[] first = ArrayPool<byte>.Shared.Rent(size);
        byte[] second = ArrayPool<byte>.Shared.Rent(size);
        byte[] third = ArrayPool<byte>.Shared.Rent(size);
        int sum = first.Length + second.Length + third.Length;
        ArrayPool<byte>.Shared.Return(third);
        ArrayPool<byte>.Shared.Return(second);
        ArrayPool<byte>.Shared.Return(first);
        return sum;
    }

    public static int EitherBranchReturnsGood(bool flag)
    {
        nint block = Marshal.AllocCoTaskMem(8);
        if (flag)
        {
            Marshal.FreeCoTaskMem(block);
            return 1;
        }
        else
        {
            Marshal.FreeCoTaskMem(block);
            return 2;
        }
    }

    public static void VoidReturnBad(string? text) // bad: LIFE004
    {
        GCHandle handle = GCHandle.Alloc(text, GCHandleType.Normal);
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        Io.PrintLine(text);
        handle.Free();
    }

    public static void VoidReturnGood(string? text)
    {
        GCHandle handle = GCHandle.Alloc(text, GCHandleType.Normal);
        if (!string.IsNullOrEmpty(text))
        {
            Io.PrintLine(text);
        }

        handle.Free();
    }

    public static int ConditionalExpressionReturnBad(bool flag) // bad: LIFE003|LIFE004
    {
        int* block = (int*)NativeMemory.Alloc(4);
        *block = 4;
        return flag ? *block : 0;
    }

    public static int ConditionalExpressionReturnGood(bool flag)
    {
        int* block = (int*)NativeMemory.Alloc(4);
        *block = 4;
        int value = flag ? *block : 0;
        NativeMemory.Free(block);
        return value;
    }
}
