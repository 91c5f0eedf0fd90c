// weakness: mixed
// construct: Try methods with out parameters
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.TryOut;

internal static unsafe class Attempts
{
    public static bool TryAllocateGood(int size, out nint block)
    {
        if (size <= 0)
        {
            block = 0;
            return false;
        }

        block = Marshal.AllocHGlobal(size);
        return true;
    }

    public static bool TryAllocateLosesBad(int size, out nint block) // bad: LIFE004|LIFE003
    {
        nint made = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            block = 0;
            return false;
        }

        block = made;
        return true;
    }

    public static void CallerGood(int size)
    {
        if (TryAllocateGood(size, out nint block))
        {
            Marshal.WriteByte(block, 1);
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CallerNegatedGood(int size)
    {
        if (!TryAllocateGood(size, out nint block))
        {
            return;
        }

        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void CallerBad(int size) // bad: LIFE003|LIFE004
    {
        if (TryAllocateGood(size, out nint block))
        {
            Marshal.WriteByte(block, 1);
        }
    }

    public static void CallerInvertedBad(int size) // bad: LIFE003|LIFE004
    {
        if (!TryAllocateGood(size, out nint block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CallerDiscardsBad(int size) // bad: LIFE003|LIFE004
    {
        if (TryAllocateGood(size, out _))
        {
            Io.PrintLine("allocated");
        }
    }

    public static void CallerStoresResultGood(int size)
    {
        bool allocated = TryAllocateGood(size, out nint block);
        Io.PrintInt(size);
        if (allocated)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CallerFinallyGood(int size, Action<nint> work)
    {
        nint block = 0;
        try
        {
            if (TryAllocateGood(size, out block))
            {
                work(block);
            }
        }
        finally
        {
            if (block != 0)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static void CallerTwiceBad(int size) // bad: LIFE006
    {
        if (TryAllocateGood(size, out nint block))
        {
            Marshal.FreeHGlobal(block);
            Marshal.FreeHGlobal(block);
        }
    }

    public static bool TryRentGood(int size, out byte[]? buffer)
    {
        buffer = size > 0 ? ArrayPool<byte>.Shared.Rent(size) : null;
        return buffer != null;
    }

    public static void RentCallerGood(int size)
    {
        if (TryRentGood(size, out byte[]? buffer))
        {
            ArrayPool<byte>.Shared.Return(buffer!);
        }
    }

    public static void RentCallerBad(int size) // bad: LIFE016|LIFE003|LIFE004
    {
        if (TryRentGood(size, out byte[]? buffer))
        {
            Io.PrintInt(buffer!.Length);
        }
    }

    public static bool TryOwnerGood(int size, out IMemoryOwner<byte>? owner)
    {
        owner = null;
        if (size > 4096)
        {
            return false;
        }

        owner = MemoryPool<byte>.Shared.Rent(size);
        return true;
    }

    public static void OwnerCallerGood(int size)
    {
        if (TryOwnerGood(size, out IMemoryOwner<byte>? owner))
        {
            using (owner)
            {
                Io.PrintInt(owner!.Memory.Length);
            }
        }
    }

    public static void AndChainGood(int first, int second)
    {
        if (TryAllocateGood(first, out nint left))
        {
            if (TryAllocateGood(second, out nint right))
            {
                Marshal.FreeHGlobal(right);
            }

            Marshal.FreeHGlobal(left);
        }
    }

    public static void AndChainBad(int first, int second) // bad: LIFE004|LIFE003
    {
        if (TryAllocateGood(first, out nint left) && TryAllocateGood(second, out nint right))
        {
            Marshal.FreeHGlobal(right);
            Marshal.FreeHGlobal(left);
        }
    }
}
