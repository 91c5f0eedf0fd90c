// weakness: CWE-401
// construct: iterators
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.Iterators;

internal static class Sequences
{
    public static IEnumerable<int> FinallyGood(int count)
    {
        nint block = Marshal.AllocHGlobal(count * 4);
        try
        {
            for (int i = 0; i < count; i++)
            {
                Marshal.WriteInt32(block, i * 4, i);
                yield return Marshal.ReadInt32(block, i * 4);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static IEnumerable<int> AbandonedBad(int count) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(4);
        for (int i = 0; i < count; i++)
        {
            Marshal.WriteInt32(block, i);
            yield return i;
        }

        Marshal.FreeHGlobal(block);
    }

    public static IEnumerable<int> NeverFreedBad(int count) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        for (int i = 0; i < count; i++)
        {
            Marshal.WriteInt32(block, i);
            yield return Marshal.ReadInt32(block);
        }
    }

    public static IEnumerable<int> YieldBreakBad(int count) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        if (count < 0)
        {
            yield break;
        }

        int value = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        yield return value;
    }

    public static IEnumerable<int> YieldBreakGood(int count)
    {
        nint block = Marshal.AllocHGlobal(4);
        if (count < 0)
        {
            Marshal.FreeHGlobal(block);
            yield break;
        }

        int value = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        yield return value;
    }

    public static IEnumerable<byte> PoolAfterLastYieldGood(IEnumerable<byte> bytes)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        int used = 0;
        foreach (byte one in bytes)
        {
            buffer[used++ % 16] = one;
            yield return one;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static IEnumerable<nint> YieldsOwnedGood(int count)
    {
        for (int i = 0; i < count; i++)
        {
            nint block = Marshal.AllocHGlobal(4);
            yield return block;
        }
    }

    public static IEnumerable<byte> UsedAfterFreeBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(4);
        Marshal.FreeHGlobal(block);
        yield return Marshal.ReadByte(block);
    }

    public static IEnumerable<int> UsingGood(int count)
    {
        using IMemoryOwner<int> owner = MemoryPool<int>.Shared.Rent(count);
        for (int i = 0; i < count; i++)
        {
            yield return owner.Memory.Span[i];
        }
    }

    public static async IAsyncEnumerable<int> AsyncFinallyGood(int count)
    {
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return Marshal.ReadInt32(block);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async IAsyncEnumerable<int> AsyncNeverFreedBad(int count) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return Marshal.ReadInt32(block);
        }
    }

    public static async Task ConsumerGood(IAsyncEnumerable<int> numbers)
    {
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            await foreach (int number in numbers)
            {
                Marshal.WriteInt32(block, number);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static async Task ConsumerBreakBad(IAsyncEnumerable<int> numbers) // bad: LIFE004
    {
        await foreach (int number in numbers)
        {
            nint block = Marshal.AllocHGlobal(4);
            if (number == 0)
            {
                break;
            }

            Marshal.FreeHGlobal(block);
        }
    }
}
