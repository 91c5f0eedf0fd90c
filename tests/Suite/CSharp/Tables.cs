// weakness: CWE-401
// construct: elements of native pointer arrays, arrays filled in a loop
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.Tables;

internal unsafe struct Pair
{
    public int* Left;
    public int* Right;
}

internal static unsafe class Table
{
    public static void SecondElementBad() // bad: LIFE003|LIFE004
    {
        int** rows = (int**)NativeMemory.Alloc(2, (nuint)sizeof(int*));
        rows[0] = (int*)NativeMemory.Alloc(8);
        rows[1] = (int*)NativeMemory.Alloc(8);
        NativeMemory.Free(rows[0]);
        NativeMemory.Free(rows);
    }

    public static void SecondElementGood()
    {
        int** rows = (int**)NativeMemory.Alloc(2, (nuint)sizeof(int*));
        rows[0] = (int*)NativeMemory.Alloc(8);
        rows[1] = (int*)NativeMemory.Alloc(8);
        NativeMemory.Free(rows[1]);
        NativeMemory.Free(rows[0]);
        NativeMemory.Free(rows);
    }

    public static int SecondElementUsedBad() // bad: LIFE007
    {
        int** rows = (int**)NativeMemory.Alloc(2, (nuint)sizeof(int*));
        rows[1] = (int*)NativeMemory.Alloc(8);
        NativeMemory.Free(rows[1]);
        int value = rows[1][0];
        NativeMemory.Free(rows);
        return value;
    }

    public static void StructElementBad() // bad: LIFE003|LIFE004
    {
        Pair* pairs = (Pair*)NativeMemory.AllocZeroed(3, (nuint)sizeof(Pair));
        pairs[1].Left = (int*)NativeMemory.Alloc(8);
        pairs[1].Right = (int*)NativeMemory.Alloc(8);
        NativeMemory.Free(pairs[1].Left);
        NativeMemory.Free(pairs);
    }

    public static void StructElementGood()
    {
        Pair* pairs = (Pair*)NativeMemory.AllocZeroed(3, (nuint)sizeof(Pair));
        pairs[1].Left = (int*)NativeMemory.Alloc(8);
        pairs[1].Right = (int*)NativeMemory.Alloc(8);
        NativeMemory.Free(pairs[1].Left);
        NativeMemory.Free(pairs[1].Right);
        NativeMemory.Free(pairs);
    }

    private static void FreeBoth(int** rows)
    {
        NativeMemory.Free(rows[0]);
        NativeMemory.Free(rows[1]);
    }

    public static void HelperGood()
    {
        int** rows = (int**)NativeMemory.Alloc(2, (nuint)sizeof(int*));
        rows[0] = (int*)NativeMemory.Alloc(8);
        rows[1] = (int*)NativeMemory.Alloc(8);
        FreeBoth(rows);
        NativeMemory.Free(rows);
    }

    public static void HelperBad() // bad: LIFE006
    {
        int** rows = (int**)NativeMemory.Alloc(2, (nuint)sizeof(int*));
        rows[0] = (int*)NativeMemory.Alloc(8);
        rows[1] = (int*)NativeMemory.Alloc(8);
        FreeBoth(rows);
        NativeMemory.Free(rows[1]);
        NativeMemory.Free(rows);
    }

    public static void VariableIndexGood()
    {
        int** rows = (int**)NativeMemory.Alloc(2, (nuint)sizeof(int*));
        rows[0] = (int*)NativeMemory.Alloc(8);
        rows[1] = (int*)NativeMemory.Alloc(8);
        for (int i = 0; i < 2; i++)
        {
            NativeMemory.Free(rows[i]);
        }

        NativeMemory.Free(rows);
    }

    public static void FilledBad(List<string> names) // bad: LIFE003|LIFE004
    {
        int** rows = (int**)NativeMemory.Alloc((nuint)names.Count, (nuint)sizeof(int*));
        for (int i = 0; i < names.Count; i++)
        {
            rows[i] = (int*)NativeMemory.Alloc(8);
        }

        NativeMemory.Free(rows);
    }

    // how often the second loop runs is not seen to be how often the first one ran
    public static void FilledGood(List<string> names)
    {
        int** rows = (int**)NativeMemory.Alloc((nuint)names.Count, (nuint)sizeof(int*));
        for (int i = 0; i < names.Count; i++)
        {
            rows[i] = (int*)NativeMemory.Alloc(8);
        }

        for (int i = 0; i < names.Count; i++)
        {
            NativeMemory.Free(rows[i]);
        }

        NativeMemory.Free(rows);
    }

    public static void WalkedGood(IEnumerable<string> names)
    {
        int** rows = (int**)NativeMemory.AllocZeroed(100, (nuint)sizeof(int*));
        int count = 0;
        foreach (string name in names)
        {
            rows[count] = (int*)NativeMemory.Alloc((nuint)name.Length);
            count++;
        }

        for (int** at = rows; *at != null; at++)
        {
            NativeMemory.Free(*at);
        }

        NativeMemory.Free(rows);
    }

    public static int ManagedUsedBad(List<string> names) // bad: LIFE003|LIFE004
    {
        var rows = new nint[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(8);
        }

        int sum = 0;
        for (int i = 0; i < names.Count; i++)
        {
            Marshal.WriteInt32(rows[i], i);
            sum += Marshal.ReadInt32(rows[i]);
        }

        return sum;
    }

    public static int PointersUsedBad(List<string> names) // bad: LIFE003|LIFE004
    {
        var rows = new int*[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            rows[i] = (int*)NativeMemory.AllocZeroed(8);
        }

        int sum = 0;
        for (int i = 0; i < names.Count; i++)
        {
            sum += *rows[i] + rows[i][1];
        }

        return sum;
    }

    public static void ManagedGood(List<string> names)
    {
        var rows = new nint[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(8);
        }

        for (int i = 0; i < names.Count; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }
    }

    public static void ManagedSentinelGood(IEnumerable<string> names)
    {
        var rows = new nint[100];
        int count = 0;
        foreach (string name in names)
        {
            rows[count] = Marshal.AllocHGlobal(name.Length);
            count++;
        }

        int at = 0;
        while (rows[at] != 0)
        {
            Marshal.FreeHGlobal(rows[at++]);
        }
    }
}
