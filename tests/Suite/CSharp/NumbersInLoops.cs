// weakness: CWE-401 CWE-415
// construct: counters, depths, indices and limits of loops that say whether there is a block
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.NumbersInLoops;

internal static unsafe class Rounds
{
    public static int FirstRoundGood(int[] rows)
    {
        nint line = 0;
        for (int y = 0; y < rows.Length; y++)
        {
            if (y == 0)
            {
                line = Marshal.AllocHGlobal(128);
            }

            Marshal.WriteInt32(line, rows[y]);
        }

        if (rows.Length > 0)
        {
            Marshal.FreeHGlobal(line);
        }

        return rows.Length;
    }

    public static void EveryOtherRound(int[] rows) // bad: LIFE004
    {
        nint line = 0;
        for (int y = 0; y < rows.Length; y++)
        {
            if ((y & 1) == 0)
            {
                line = Marshal.AllocHGlobal(128);
            }

            Marshal.WriteInt32(line, rows[y]);
        }

        Marshal.FreeHGlobal(line);
    }

    public static int UsedOnceGood(IEnumerable<int> values)
    {
        int used = 0;
        byte* store = null;
        foreach (int value in values)
        {
            if (used++ == 0)
            {
                store = (byte*)NativeMemory.Alloc(32);
            }

            store[used & 31] = (byte)value;
        }

        if (used != 0)
        {
            NativeMemory.Free(store);
        }

        return used;
    }

    public static int UsedMoreThanOnce(IEnumerable<int> values) // bad: LIFE004
    {
        int used = 0;
        byte* store = null;
        foreach (int value in values)
        {
            if (used++ == 0)
            {
                store = (byte*)NativeMemory.Alloc(32);
            }

            store[used & 31] = (byte)value;
        }

        if (used > 1)
        {
            NativeMemory.Free(store);
        }

        return used;
    }

    public static void ThreeStepsGood()
    {
        nint block = 0;
        for (int step = 0; step < 3; step++)
        {
            switch (step)
            {
                case 0:
                    block = Marshal.AllocHGlobal(8);
                    break;
                case 1:
                    Marshal.WriteInt64(block, step);
                    break;
                case 2:
                    Marshal.FreeHGlobal(block);
                    break;
            }
        }
    }

    public static void TwoStepsOfThree() // bad: LIFE003
    {
        nint block = 0;
        for (int step = 0; step < 2; step++)
        {
            switch (step)
            {
                case 0:
                    block = Marshal.AllocHGlobal(8);
                    break;
                case 2:
                    Marshal.FreeHGlobal(block);
                    break;
            }
        }
    }

    public static int StatesThatCountGood(int length)
    {
        nint block = 0;
        int state = 0;
        while (true)
        {
            switch (state)
            {
                case 0:
                    block = Marshal.AllocHGlobal(length);
                    state++;
                    break;
                case 1:
                    Marshal.WriteByte(block, 7);
                    state++;
                    break;
                case 2:
                    Marshal.FreeHGlobal(block);
                    return state;
            }
        }
    }
}

internal static unsafe class Depths
{
    public static int NestingGood(string text)
    {
        nint scratch = 0;
        int depth = 0;
        foreach (char c in text)
        {
            if (c == '{')
            {
                if (depth == 0)
                {
                    scratch = Marshal.AllocHGlobal(64);
                }

                depth++;
            }
            else if (c == '}' && depth > 0)
            {
                depth--;
                if (depth == 0)
                {
                    Marshal.FreeHGlobal(scratch);
                }
            }
        }

        if (depth > 0)
        {
            Marshal.FreeHGlobal(scratch);
        }

        return depth;
    }

    public static int NestingLeftOpen(string text) // bad: LIFE004
    {
        nint scratch = 0;
        int depth = 0;
        foreach (char c in text)
        {
            if (c == '{')
            {
                if (depth == 0)
                {
                    scratch = Marshal.AllocHGlobal(64);
                }

                depth++;
            }
            else if (c == '}' && depth > 0)
            {
                depth--;
                if (depth == 0)
                {
                    Marshal.FreeHGlobal(scratch);
                }
            }
        }

        return depth;
    }

    public static int CountedGood(int[] changes)
    {
        nint shared = 0;
        int users = 0;
        foreach (int change in changes)
        {
            if (change > 0 && users++ == 0)
            {
                shared = Marshal.AllocHGlobal(16);
            }

            if (change < 0 && users > 0 && --users == 0)
            {
                Marshal.FreeHGlobal(shared);
            }
        }

        if (users != 0)
        {
            Marshal.FreeHGlobal(shared);
        }

        return users;
    }

    public static void CountedDownGood(int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        int users = 1;
        if (length > 64)
        {
            users++;
        }

        while (--users > 0)
        {
            Marshal.WriteByte(block, 1);
        }

        if (users == 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ReleasedAtOneToo(int[] changes) // bad: LIFE006
    {
        nint shared = Marshal.AllocHGlobal(16);
        int users = 2;
        while (users > 0)
        {
            users--;
            if (users <= 1)
            {
                Marshal.FreeHGlobal(shared);
            }
        }
    }
}

internal static unsafe class Found
{
    public static int IndexGood(string[] names, string wanted)
    {
        int at = -1;
        nint text = 0;
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == wanted)
            {
                text = Marshal.StringToHGlobalAnsi(names[i]);
                at = i;
                break;
            }
        }

        if (at < 0)
        {
            return -1;
        }

        Marshal.FreeHGlobal(text);
        return at;
    }

    public static int IndexAboveZero(string[] names, string wanted) // bad: LIFE004
    {
        int at = -1;
        nint text = 0;
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == wanted)
            {
                text = Marshal.StringToHGlobalAnsi(names[i]);
                at = i;
                break;
            }
        }

        if (at <= 0)
        {
            return -1;
        }

        Marshal.FreeHGlobal(text);
        return at;
    }

    public static int NumberGood(string[] names, string wanted)
    {
        int number = 0, at = -1;
        nint text = 0;
        foreach (string name in names)
        {
            if (name == wanted)
            {
                text = Marshal.StringToHGlobalAnsi(name);
                at = number;
                break;
            }

            number++;
        }

        if (at != -1)
        {
            Marshal.FreeHGlobal(text);
        }

        return at;
    }

    public static int MaybeIndexGood(string[] names, string wanted)
    {
        int? at = null;
        nint text = 0;
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == wanted)
            {
                text = Marshal.StringToHGlobalAnsi(names[i]);
                at = i;
                break;
            }
        }

        if (at is null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(text);
        return at.Value;
    }

    public static int MaybeIndexAskedForZero(string[] names, string wanted) // bad: LIFE004
    {
        int? at = null;
        nint text = 0;
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == wanted)
            {
                text = Marshal.StringToHGlobalAnsi(names[i]);
                at = i;
                break;
            }
        }

        if (at is null || at == 0)
        {
            return -1;
        }

        Marshal.FreeHGlobal(text);
        return at.Value;
    }

    public static int LeftByBreakGood(int count)
    {
        nint slot = 0;
        int i;
        for (i = 0; i < count; i++)
        {
            if (i * i == 81)
            {
                slot = Marshal.AllocHGlobal(4);
                break;
            }
        }

        if (i < count)
        {
            Marshal.FreeHGlobal(slot);
        }

        return i;
    }

    public static int LeftByBreakAtEndGood(int count)
    {
        nint slot = 0;
        int i;
        for (i = 0; i != count; i++)
        {
            if (i * i == 81)
            {
                slot = Marshal.AllocHGlobal(4);
                break;
            }
        }

        if (i == count)
        {
            return -1;
        }

        Marshal.FreeHGlobal(slot);
        return i;
    }

    public static int FoundWhileGood(int count)
    {
        nint slot = 0;
        int i = 0;
        while (i < count)
        {
            slot = Marshal.AllocHGlobal(8);
            if (Marshal.ReadInt32(slot) == 5)
            {
                break;
            }

            Marshal.FreeHGlobal(slot);
            i++;
        }

        if (i < count)
        {
            Marshal.FreeHGlobal(slot);
        }

        return i;
    }

    public static int LeftByBreakOneShort(int count) // bad: LIFE004
    {
        nint slot = 0;
        int i;
        for (i = 0; i < count; i++)
        {
            if (i * i == 81)
            {
                slot = Marshal.AllocHGlobal(4);
                break;
            }
        }

        if (i < count - 1)
        {
            Marshal.FreeHGlobal(slot);
        }

        return i;
    }
}

internal static unsafe class Capacities
{
    public static int GrowthGood(IEnumerable<int> sizes)
    {
        byte* store = null;
        int capacity = 0;
        foreach (int size in sizes)
        {
            if (size > capacity)
            {
                if (capacity != 0)
                {
                    NativeMemory.Free(store);
                }

                store = (byte*)NativeMemory.Alloc((nuint)size);
                capacity = size;
            }

            store[0] = 1;
        }

        if (capacity > 0)
        {
            NativeMemory.Free(store);
        }

        return capacity;
    }

    public static int ReallocatedGood(int[] sizes)
    {
        int capacity = 0;
        byte* store = null;
        foreach (int size in sizes)
        {
            if (size <= capacity)
            {
                continue;
            }

            store = (byte*)NativeMemory.Realloc(store, (nuint)size);
            capacity = size;
        }

        if (capacity != 0)
        {
            NativeMemory.Free(store);
        }

        return capacity;
    }

    public static int GrowthFromBelowZero(IEnumerable<int> sizes) // bad: LIFE004
    {
        byte* store = null;
        int capacity = -2;
        foreach (int size in sizes)
        {
            if (size > capacity)
            {
                NativeMemory.Free(store);
                store = (byte*)NativeMemory.Alloc(16);
                capacity = size;
            }
        }

        if (capacity > 0)
        {
            NativeMemory.Free(store);
        }

        return capacity;
    }

    public static int LastKeyGood(int[] keys)
    {
        nint page = 0;
        int last = -1;
        foreach (int key in keys)
        {
            if (key < 0)
            {
                continue;
            }

            if (key != last)
            {
                if (last != -1)
                {
                    Marshal.FreeHGlobal(page);
                }

                page = Marshal.AllocHGlobal(key + 1);
                last = key;
            }

            Marshal.WriteByte(page, 1);
        }

        if (last != -1)
        {
            Marshal.FreeHGlobal(page);
        }

        return last;
    }
}
