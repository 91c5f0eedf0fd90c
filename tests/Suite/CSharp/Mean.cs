// weakness: mixed
// construct: several difficulties at once
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.Mean;

internal enum State
{
    Start,
    Header,
    Body,
    Done,
}

internal static unsafe class Machines
{
    public static int StateMachineGood(ReadOnlySpan<byte> input)
    {
        State state = State.Start;
        byte* header = null;
        int consumed = 0;
        while (state != State.Done && consumed < input.Length)
        {
            switch (state)
            {
                case State.Start:
                    header = (byte*)NativeMemory.Alloc(16);
                    state = State.Header;
                    break;
                case State.Header:
                    header[0] = input[consumed++];
                    state = State.Body;
                    break;
                case State.Body:
                    consumed++;
                    state = State.Done;
                    break;
            }
        }

        NativeMemory.Free(header);
        return consumed;
    }

    public static int StateMachineBad(ReadOnlySpan<byte> input) // bad: LIFE004
    {
        byte* header = null;
        int consumed = 0;
        State state = State.Start;
        while (true)
        {
            switch (state)
            {
                case State.Start:
                    header = (byte*)NativeMemory.Alloc(16);
                    state = State.Header;
                    break;
                case State.Header:
                    if (consumed >= input.Length)
                    {
                        return -1;
                    }

                    header[0] = input[consumed++];
                    state = State.Done;
                    break;
                case State.Done:
                    NativeMemory.Free(header);
                    return consumed;
            }
        }
    }

    public static void ErrorCodesGood(int a, int b)
    {
        int error = 0;
        nint first = 0;
        nint second = 0;
        first = Marshal.AllocHGlobal(a);
        if (a > b)
        {
            error = 1;
        }

        if (error == 0)
        {
            second = Marshal.AllocHGlobal(b);
        }

        if (error == 0)
        {
            Marshal.WriteByte(second, 1);
            Marshal.FreeHGlobal(second);
        }

        Marshal.FreeHGlobal(first);
    }

    public static void ErrorCodesBad(int a, int b) // bad: LIFE004|LIFE003
    {
        int error = 0;
        nint first = Marshal.AllocHGlobal(a);
        nint second = 0;
        if (a > b)
        {
            error = 1;
        }

        if (error == 0)
        {
            second = Marshal.AllocHGlobal(b);
        }

        if (error == 1)
        {
            Marshal.FreeHGlobal(second);
        }

        Marshal.FreeHGlobal(first);
    }

    public static nint PartialInitialisationGood(int[] sizes, out bool complete)
    {
        nint* table = (nint*)NativeMemory.AllocZeroed((nuint)sizes.Length, (nuint)sizeof(nint));
        complete = false;
        int i = 0;
        for (; i < sizes.Length; i++)
        {
            if (sizes[i] < 0)
            {
                break;
            }

            table[i] = Marshal.AllocHGlobal(sizes[i]);
        }

        if (i < sizes.Length)
        {
            while (i-- > 0)
            {
                Marshal.FreeHGlobal(table[i]);
            }

            NativeMemory.Free(table);
            return 0;
        }

        complete = true;
        return (nint)table;
    }

    public static void ReverseOrderGood(int count)
    {
        nint first = 0, second = 0, third = 0;
        try
        {
            first = Marshal.AllocHGlobal(count);
            second = Marshal.AllocHGlobal(count);
            third = Marshal.AllocHGlobal(count);
            Marshal.WriteByte(third, 1);
        }
        finally
        {
            if (third != 0)
            {
                Marshal.FreeHGlobal(third);
            }

            if (second != 0)
            {
                Marshal.FreeHGlobal(second);
            }

            if (first != 0)
            {
                Marshal.FreeHGlobal(first);
            }
        }
    }

    public static void TwinsSwappedBad(int count) // bad: LIFE006, LIFE003|LIFE004
    {
        nint left = Marshal.AllocHGlobal(count);
        nint right = Marshal.AllocHGlobal(count);
        nint spare = left;
        if (count > 4)
        {
            spare = left;
        }

        Marshal.WriteByte(right, 1);
        Marshal.FreeHGlobal(spare);
        Marshal.FreeHGlobal(left);
    }

    public static byte* DuplicateGood(byte* text, nuint length)
    {
        byte* copy = (byte*)NativeMemory.Alloc(length + 1);
        for (nuint i = 0; i < length; i++)
        {
            copy[i] = text[i];
        }

        copy[length] = 0;
        return copy;
    }

    public static int CompareDuplicatesBad(byte* text, nuint length) // bad: LIFE003|LIFE004
    {
        byte* first = DuplicateGood(text, length);
        byte* second = DuplicateGood(text, length);
        int result = first[0] - second[0];
        NativeMemory.Free(second);
        return result;
    }

    public static int NestedCallBad(byte* text) // bad: LIFE003|LIFE004
    {
        return Length(DuplicateGood(text, 4));
    }

    public static int NestedCallGood(byte* text)
    {
        byte* copy = DuplicateGood(text, 4);
        int length = Length(copy);
        NativeMemory.Free(copy);
        return length;
    }

    public static bool ShortCircuitBad(int size) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(size);
        return size > 4 && Finish(block);
    }

    public static bool ShortCircuitGood(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        bool big = size > 4;
        return Finish(block) && big;
    }

    public static void LoopWithFlagGood(Queue<int> work)
    {
        nint block = 0;
        bool allocated = false;
        while (work.TryDequeue(out int item))
        {
            if (!allocated)
            {
                block = Marshal.AllocHGlobal(64);
                allocated = true;
            }

            Marshal.WriteInt32(block, item);
        }

        if (allocated)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void LoopWithFlagResetBad(Queue<int> work) // bad: LIFE004|LIFE003
    {
        nint block = 0;
        bool allocated = false;
        while (work.TryDequeue(out int item))
        {
            if (!allocated)
            {
                block = Marshal.AllocHGlobal(64);
                allocated = true;
            }

            Marshal.WriteInt32(block, item);
            allocated = false;
        }

        if (allocated)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void MaxOfTwoGood(int size)
    {
        nint small = Marshal.AllocHGlobal(8);
        nint chosen = small;
        nint large = 0;
        if (size > 8)
        {
            large = Marshal.AllocHGlobal(size);
            chosen = large;
        }

        Marshal.WriteByte(chosen, 1);
        Marshal.FreeHGlobal(small);
        if (large != 0)
        {
            Marshal.FreeHGlobal(large);
        }
    }

    public static void MaxOfTwoBad(int size) // bad: LIFE006
    {
        nint small = Marshal.AllocHGlobal(8);
        nint chosen = small;
        if (size > 8)
        {
            chosen = Marshal.AllocHGlobal(size);
        }

        Marshal.WriteByte(chosen, 1);
        Marshal.FreeHGlobal(small);
        Marshal.FreeHGlobal(chosen);
    }

    public static void TernaryFreeGood(bool heap)
    {
        nint block = heap ? Heap.Malloc(8) : Marshal.AllocHGlobal(8);
        Action<nint> free = heap ? Heap.Free : Marshal.FreeHGlobal;
        free(block);
    }

    public static void ManyExitsGood(int kind)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            for (int i = 0; i < kind; i++)
            {
                if (i == 3)
                {
                    continue;
                }

                if (i == 5)
                {
                    goto done;
                }

                if (i == 7)
                {
                    return;
                }

                if (i == 9)
                {
                    throw new InvalidOperationException();
                }
            }

            done:
            Marshal.WriteByte(block, 1);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static int Length(byte* text) => (int)Libc.Strlen(text);

    private static bool Finish(nint block)
    {
        Marshal.FreeHGlobal(block);
        return true;
    }
}

internal static class Asynchronous
{
    public static async Task<byte[]> RetryGood(Func<byte[], Task<int>> read)
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            try
            {
                int count = await read(buffer);
                return buffer.AsSpan(0, count).ToArray();
            }
            catch (IOException) when (attempt < 2)
            {
                await Task.Delay(10);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        return Array.Empty<byte>();
    }

    public static async Task<byte[]> ReturnsRentedThatFinallyReturnsBad(Func<byte[], Task<int>> read) // bad: LIFE007|LIFE010
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        try
        {
            await read(buffer);
            return buffer;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static Task HandedToTaskGood(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        return Task.Run(() =>
        {
            try
            {
                Marshal.WriteByte(block, 1);
            }
            finally
            {
                Marshal.FreeHGlobal(block);
            }
        });
    }

    public static async Task SemaphoreGood(SemaphoreSlim gate)
    {
        await gate.WaitAsync();
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            Marshal.WriteByte(block, 1);
            await Task.Yield();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
            gate.Release();
        }
    }

    public static async Task TwoOwnersOneForgottenBad(Stream stream) // bad: LIFE016|LIFE003|LIFE004
    {
        using IMemoryOwner<byte> first = MemoryPool<byte>.Shared.Rent(16);
        IMemoryOwner<byte> second = MemoryPool<byte>.Shared.Rent(16);
        int read = await stream.ReadAsync(first.Memory);
        first.Memory[..read].CopyTo(second.Memory);
        await stream.WriteAsync(second.Memory[..read]);
    }

    public static async Task<int> EarlyReturnInLoopBad(Stream stream) // bad: LIFE004
    {
        nint total = Marshal.AllocHGlobal(8);
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) > 0)
        {
            if (one[0] == 0)
            {
                return -1;
            }

            Marshal.WriteByte(total, one[0]);
        }

        int result = Marshal.ReadByte(total);
        Marshal.FreeHGlobal(total);
        return result;
    }
}
