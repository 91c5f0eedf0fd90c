// weakness: CWE-401, CWE-762
// construct: collections that another body fills, elements of one kind
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.FilledCollections;

internal struct Entry
{
    public nint Name;
    public int Age;
}

internal static class FilledCollections
{
    private static void Fill(List<nint> list, int n)
    {
        for (int i = 0; i < n; i++)
        {
            list.Add(Marshal.AllocHGlobal(i));
        }
    }

    private static void FillOne(List<nint> list)
    {
        list.Add(Marshal.AllocHGlobal(3));
    }

    private static void FillVia(List<nint> list)
    {
        FillOne(list);
        FillOne(list);
    }

    private static bool TryFill(List<nint> list, int n)
    {
        if (n < 0)
        {
            return false;
        }

        list.Add(Marshal.AllocHGlobal(n));
        return true;
    }

    private static nint Track(List<nint> list, int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        list.Add(p);
        return p;
    }

    private static void FillTable(Dictionary<string, nint> table)
    {
        table["a"] = Marshal.AllocHGlobal(3);
        table.Add("b", Marshal.AllocHGlobal(3));
    }

    private static void FreeAll(List<nint> list)
    {
        foreach (nint p in list)
        {
            Marshal.FreeHGlobal(p);
        }

        list.Clear();
    }

    private static nint[] Arguments(string[] texts)
    {
        nint[] r = new nint[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            r[i] = Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return r;
    }

    private static Entry[] Entries(int n)
    {
        Entry[] a = new Entry[n];
        for (int i = 0; i < n; i++)
        {
            a[i].Name = Marshal.AllocHGlobal(3);
        }

        return a;
    }

    public static void FilledBad() // bad: LIFE003
    {
        List<nint> list = new();
        Fill(list, 3);
        Console.WriteLine(list.Count);
    }

    public static void FilledOnceBad() // bad: LIFE003
    {
        List<nint> list = new();
        FillOne(list);
        Console.WriteLine(list.Count);
    }

    public static void FilledThroughAnotherBad() // bad: LIFE003
    {
        List<nint> list = new();
        FillVia(list);
        Console.WriteLine(list.Count);
    }

    public static void TriedBad() // bad: LIFE003|LIFE004
    {
        List<nint> list = new();
        if (!TryFill(list, 3))
        {
            return;
        }

        Console.WriteLine(list.Count);
    }

    public static void LeftEarlyBad(int x) // bad: LIFE004
    {
        List<nint> list = new();
        Fill(list, 3);
        if (x > 3)
        {
            return;
        }

        FreeAll(list);
    }

    public static void TableBad() // bad: LIFE003
    {
        Dictionary<string, nint> table = new();
        FillTable(table);
        Console.WriteLine(table.Count);
    }

    public static void WrongFunctionBad(string[] texts) // bad: LIFE008
    {
        nint[] r = Arguments(texts);
        foreach (nint p in r)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void WrongFunctionByIndexBad(string[] texts) // bad: LIFE008
    {
        nint[] r = Arguments(texts);
        for (int i = 0; i < r.Length; i++)
        {
            Marshal.FreeHGlobal(r[i]);
        }
    }

    public static void WrongFunctionFromStackBad(string[] texts) // bad: LIFE008
    {
        Stack<nint> stack = new();
        foreach (string text in texts)
        {
            stack.Push(Marshal.StringToHGlobalAnsi(text));
        }

        while (stack.Count > 0)
        {
            Marshal.FreeCoTaskMem(stack.Pop());
        }
    }

    public static void WrongFunctionForValuesBad(string[] texts) // bad: LIFE008
    {
        Dictionary<string, nint> table = new();
        foreach (string text in texts)
        {
            table[text] = Marshal.StringToHGlobalAnsi(text);
        }

        foreach (nint p in table.Values)
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void StructsBad() // bad: LIFE003
    {
        Entry[] a = Entries(3);
        Console.WriteLine(a.Length);
    }

    public static void StructsLeftEarlyBad(int x) // bad: LIFE004
    {
        Entry[] a = Entries(3);
        if (x > 3)
        {
            return;
        }

        foreach (Entry e in a)
        {
            Marshal.FreeHGlobal(e.Name);
        }
    }

    public static (byte[] Array, int Length) InATupleBad(int n) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(n);
        try
        {
            return (rented, 3);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static bool LeftViewBad(out Memory<byte> view) // bad: LIFE007
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(3);
        view = rented.AsMemory(0, 3);
        ArrayPool<byte>.Shared.Return(rented);
        return true;
    }

    public static void FilledGood()
    {
        List<nint> list = new();
        Fill(list, 3);
        foreach (nint p in list)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void FilledOnceGood()
    {
        List<nint> list = new();
        FillOne(list);
        Marshal.FreeHGlobal(list[0]);
    }

    public static void FilledThroughAnotherGood()
    {
        List<nint> list = new();
        FillVia(list);
        for (int i = 0; i < list.Count; i++)
        {
            Marshal.FreeHGlobal(list[i]);
        }
    }

    public static void TriedGood()
    {
        List<nint> list = new();
        if (!TryFill(list, 3))
        {
            return;
        }

        foreach (nint p in list)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void LeftEarlyGood(int x)
    {
        List<nint> list = new();
        Fill(list, 3);
        if (x > 3)
        {
            FreeAll(list);
            return;
        }

        FreeAll(list);
    }

    public static void FilledAgainGood()
    {
        List<nint> list = new();
        FillOne(list);
        FreeAll(list);
        FillOne(list);
        FreeAll(list);
    }

    public static void FilledInALoopGood()
    {
        List<nint> list = new();
        for (int i = 0; i < 10; i++)
        {
            Fill(list, 3);
            FreeAll(list);
        }
    }

    public static void FilledByALoopGood()
    {
        List<nint> list = new();
        for (int i = 0; i < 10; i++)
        {
            Fill(list, 3);
        }

        FreeAll(list);
    }

    public static void TableGood()
    {
        Dictionary<string, nint> table = new();
        FillTable(table);
        foreach (KeyValuePair<string, nint> pair in table)
        {
            Marshal.FreeHGlobal(pair.Value);
        }
    }

    public static void TableByKeyGood()
    {
        Dictionary<string, nint> table = new();
        FillTable(table);
        Marshal.FreeHGlobal(table["a"]);
        Marshal.FreeHGlobal(table["b"]);
    }

    public static void TrackedGood()
    {
        List<nint> list = new();
        nint p = Track(list, 3);
        Marshal.FreeHGlobal(p);
    }

    public static void TrackedTwiceGood()
    {
        List<nint> list = new();
        Track(list, 3);
        Track(list, 4);
        FreeAll(list);
    }

    public static List<nint> HandedOutGood()
    {
        List<nint> list = new();
        Fill(list, 3);
        return list;
    }

    public static nint[] CopiedOutGood()
    {
        List<nint> list = new();
        Fill(list, 3);
        return list.ToArray();
    }

    public static void OfTheCallerGood(List<nint> list)
    {
        Fill(list, 3);
        list.Add(Marshal.AllocHGlobal(3));
    }

    public static void HandedOnGood(Action<List<nint>> keep)
    {
        List<nint> list = new();
        Fill(list, 3);
        keep(list);
    }

    public static void ForEachGood()
    {
        List<nint> list = new();
        Fill(list, 3);
        list.ForEach(Marshal.FreeHGlobal);
    }

    public static void FromTheEndGood()
    {
        List<nint> list = new();
        Fill(list, 3);
        while (list.Count > 0)
        {
            Marshal.FreeHGlobal(list[^1]);
            list.RemoveAt(list.Count - 1);
        }
    }

    public static void MovedToAnotherGood()
    {
        List<nint> list = new();
        List<nint> other = new();
        Fill(list, 3);
        other.AddRange(list);
        FreeAll(other);
    }

    public static void RightFunctionGood(string[] texts)
    {
        nint[] r = Arguments(texts);
        foreach (nint p in r)
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void OfTwoKindsGood()
    {
        nint[] r = new nint[2];
        r[0] = Marshal.AllocHGlobal(1);
        r[1] = Marshal.AllocCoTaskMem(2);
        for (int i = 0; i < 2; i++)
        {
            if (i == 0)
            {
                Marshal.FreeHGlobal(r[i]);
            }
            else
            {
                Marshal.FreeCoTaskMem(r[i]);
            }
        }
    }

    public static void StructsGood()
    {
        Entry[] a = Entries(3);
        foreach (Entry e in a)
        {
            Marshal.FreeHGlobal(e.Name);
        }
    }

    public static void StructsByReferenceGood()
    {
        Entry[] a = Entries(3);
        for (int i = 0; i < a.Length; i++)
        {
            ref Entry e = ref a[i];
            Marshal.FreeHGlobal(e.Name);
        }
    }

    public static void StructsHandedOnGood(List<Entry> all)
    {
        Entry[] a = Entries(3);
        all.AddRange(a);
    }

    public static (nint, bool) FailedInATupleGood(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        if (n > 3)
        {
            Marshal.FreeHGlobal(p);
            return (p, false);
        }

        return (p, true);
    }

    public static bool ViewOfAnotherGood(out ReadOnlySpan<byte> view, Span<byte> destination)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(3);
        rented.AsSpan(0, 2).CopyTo(destination);
        view = destination[..2];
        ArrayPool<byte>.Shared.Return(rented);
        return true;
    }
}
