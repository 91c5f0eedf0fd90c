// weakness: mixed
// construct: elements of arrays that are read twice, references that a condition has chosen, positions, the last round
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.ElementsAskedTwice;

internal static class Elements
{
    public static void SameElementGood(int[] sizes, int i)
    {
        IntPtr p = IntPtr.Zero;
        if (sizes[i] > 0)
        {
            p = Marshal.AllocHGlobal(sizes[i]);
        }

        Io.PrintInt(sizes.Length);
        if (sizes[i] > 0)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void FlagGood(bool[] flags, int i)
    {
        IntPtr p = flags[i] ? Marshal.AllocHGlobal(4) : IntPtr.Zero;
        if (flags[i])
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void OtherElementBad(int[] sizes, int i, int j) // bad: LIFE004
    {
        IntPtr p = IntPtr.Zero;
        if (sizes[i] > 0)
        {
            p = Marshal.AllocHGlobal(sizes[i]);
        }

        if (sizes[j] > 0)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void WrittenBetweenBad(int[] sizes, int i) // bad: LIFE004
    {
        IntPtr p = IntPtr.Zero;
        if (sizes[i] > 0)
        {
            p = Marshal.AllocHGlobal(sizes[i]);
        }

        sizes[i] = 0;
        if (sizes[i] > 0)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void NextRoundBad(int[] sizes) // bad: LIFE004
    {
        for (int i = 0; i < sizes.Length; i++)
        {
            IntPtr p = Marshal.AllocHGlobal(4);
            if (sizes[i] > 0)
            {
                Marshal.FreeHGlobal(p);
            }
        }
    }
}

internal static class Chosen
{
    public static void OtherIsFreedGood(bool first)
    {
        IntPtr a = Marshal.AllocHGlobal(4), b = Marshal.AllocHGlobal(8);
        ref IntPtr chosen = ref (first ? ref a : ref b);
        Marshal.FreeHGlobal(chosen);
        Marshal.FreeHGlobal(first ? b : a);
    }

    public static void WrittenGood(bool first)
    {
        IntPtr a = Marshal.AllocHGlobal(4), b = Marshal.AllocHGlobal(8);
        ref IntPtr chosen = ref (first ? ref a : ref b);
        Marshal.FreeHGlobal(chosen);
        chosen = IntPtr.Zero;
        if (a != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(a);
        }

        if (b != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(b);
        }
    }

    public static void SameIsFreedBad(bool first) // bad: LIFE006
    {
        IntPtr a = Marshal.AllocHGlobal(4), b = Marshal.AllocHGlobal(8);
        ref IntPtr chosen = ref (first ? ref a : ref b);
        Marshal.FreeHGlobal(chosen);
        Marshal.FreeHGlobal(a);
        if (first)
        {
            Marshal.FreeHGlobal(b);
        }
    }
}

internal static class Positions
{
    private static readonly Dictionary<IntPtr, int> s_sizes = new();

    public static int FoundGood(List<string> names)
    {
        int at = names.FindIndex(name => name.Length > 3);
        IntPtr p = IntPtr.Zero;
        if (at != -1)
        {
            p = Marshal.AllocHGlobal(4);
        }

        if (at < 0)
        {
            return 0;
        }

        Marshal.FreeHGlobal(p);
        return at;
    }

    public static int FoundBad(List<string> names) // bad: LIFE004
    {
        int at = names.FindIndex(name => name.Length > 3);
        IntPtr p = Marshal.AllocHGlobal(4);
        if (at < 0)
        {
            return 0;
        }

        Marshal.FreeHGlobal(p);
        return at;
    }

    public static void LastRoundGood(int n)
    {
        if (n <= 0)
        {
            return;
        }

        IntPtr p = Marshal.AllocHGlobal(4);
        for (int i = 0; i < n; i++)
        {
            Marshal.WriteByte(p, 1);
            if (i == n - 1)
            {
                Marshal.FreeHGlobal(p);
            }
        }
    }

    public static void LastButOneBad(int n) // bad: LIFE004|LIFE007
    {
        IntPtr p = Marshal.AllocHGlobal(4);
        for (int i = 0; i < n; i++)
        {
            Marshal.WriteByte(p, 1);
            if (i == n - 2)
            {
                Marshal.FreeHGlobal(p);
            }
        }
    }

    public static void KeyOfTableGood(int size)
    {
        IntPtr p = Marshal.AllocHGlobal(size);
        s_sizes[p] = size;
    }

    public static void ValueOfTableBad(int size) // bad: LIFE003
    {
        IntPtr p = Marshal.AllocHGlobal(size);
        s_sizes[new IntPtr(size)] = size;
        Marshal.WriteInt32(p, size);
    }
}
