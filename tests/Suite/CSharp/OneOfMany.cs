// weakness: CWE-401, CWE-415, CWE-762
// construct: ForEach of lists and arrays, one element of many that is released
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.OneOfMany;

internal static class OneOfMany
{
    private static List<nint> Filled(int n)
    {
        var list = new List<nint>();
        for (int i = 0; i < n; i++)
        {
            list.Add(Marshal.AllocHGlobal(4));
        }

        return list;
    }

    public static void EachWrong(int n) // bad: LIFE008
    {
        var list = new List<nint>();
        for (int i = 0; i < n; i++)
        {
            list.Add(Marshal.AllocHGlobal(4));
        }

        list.ForEach(Marshal.FreeCoTaskMem);
    }

    public static void EachWrongLambda(int n) // bad: LIFE008
    {
        List<nint> list = Filled(n);
        list.ForEach(p => Marshal.FreeCoTaskMem(p));
    }

    public static void EachOnlyWritten(int n) // bad: LIFE003
    {
        var list = new List<nint>();
        for (int i = 0; i < n; i++)
        {
            list.Add(Marshal.AllocHGlobal(4));
        }

        list.ForEach(p => Marshal.WriteInt32(p, 7));
    }

    public static void EachTwice(int n) // bad: LIFE006
    {
        var list = new List<nint>();
        for (int i = 0; i < n; i++)
        {
            list.Add(Marshal.AllocHGlobal(4));
        }

        list.ForEach(Marshal.FreeHGlobal);
        foreach (nint p in list)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void ArrayOnlyWritten(int n) // bad: LIFE003
    {
        var blocks = new nint[n];
        for (int i = 0; i < n; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(4);
        }

        Array.ForEach(blocks, p => Marshal.WriteInt32(p, 7));
    }

    public static void OneDequeued(int n) // bad: LIFE004
    {
        var queue = new Queue<nint>();
        for (int i = 0; i < n; i++)
        {
            queue.Enqueue(Marshal.AllocCoTaskMem(8));
        }

        if (queue.TryDequeue(out nint p))
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void EachGood(int n)
    {
        var list = new List<nint>();
        for (int i = 0; i < n; i++)
        {
            list.Add(Marshal.AllocHGlobal(4));
        }

        list.ForEach(Marshal.FreeHGlobal);
    }

    public static void EachLambdaGood(int n)
    {
        List<nint> list = Filled(n);
        list.ForEach(p => Marshal.FreeHGlobal(p));
    }

    public static void EachOfTwoGood()
    {
        var list = new List<nint> { Marshal.AllocHGlobal(4) };
        list.Add(Marshal.AllocHGlobal(4));
        list.ForEach(Marshal.FreeHGlobal);
    }

    public static void ArrayGood(int n)
    {
        var blocks = new nint[n];
        for (int i = 0; i < n; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(4);
        }

        Array.ForEach(blocks, Marshal.FreeHGlobal);
    }

    public static void AllDequeuedGood(int n)
    {
        var queue = new Queue<nint>();
        for (int i = 0; i < n; i++)
        {
            queue.Enqueue(Marshal.AllocCoTaskMem(8));
        }

        while (queue.TryDequeue(out nint p))
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void OneFirstThenTheOthersGood(int n)
    {
        var queue = new Queue<nint>();
        for (int i = 0; i < n; i++)
        {
            queue.Enqueue(Marshal.AllocCoTaskMem(8));
        }

        if (queue.TryDequeue(out nint first))
        {
            Marshal.FreeCoTaskMem(first);
        }

        while (queue.Count > 0)
        {
            Marshal.FreeCoTaskMem(queue.Dequeue());
        }
    }

    public static void EachByItsPlaceGood()
    {
        var blocks = new nint[2];
        for (int i = 0; i < 2; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(4);
        }

        Marshal.FreeHGlobal(blocks[0]);
        Marshal.FreeHGlobal(blocks[1]);
    }

    public static void FilledByAnotherGood()
    {
        List<nint> list = Filled(1);
        Marshal.FreeHGlobal(list[0]);
    }
}
