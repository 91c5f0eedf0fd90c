// weakness: CWE-401, CWE-415, CWE-762
// construct: collections that another body empties, by their interfaces too
using System;
using System.Collections.Generic;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Cases.EmptiedByCallees;

public static class EmptiedByCallees
{
    private static void FillI(IList<nint> list, int n)
    {
        for (int i = 0; i < n; i++)
        {
            list.Add(Marshal.AllocHGlobal(3));
        }
    }

    private static void FillC(ICollection<nint> list)
    {
        list.Add(Marshal.AllocHGlobal(3));
    }

    private static void FreeI(IEnumerable<nint> list)
    {
        foreach (nint p in list)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    private static void FreeIL(IList<nint> list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            Marshal.FreeHGlobal(list[i]);
        }
    }

    private static void FreeRO(IReadOnlyList<nint> list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            Marshal.FreeHGlobal(list[i]);
        }
    }

    public static void I1Bad(int n) // bad: LIFE003
    {
        var l = new List<nint>();
        FillI(l, n);
        Console.WriteLine(l.Count);
    }

    public static void I2Bad() // bad: LIFE003
    {
        var l = new List<nint>();
        FillC(l);
        Console.WriteLine(l.Count);
    }

    public static void I3Bad(int n) // bad: LIFE003
    {
        IList<nint> l = new List<nint>();
        FillI(l, n);
        Console.WriteLine(l.Count);
    }

    public static void I4Bad() // bad: LIFE003
    {
        IList<nint> l = new List<nint>();
        l.Add(Marshal.AllocHGlobal(3));
        Console.WriteLine(l.Count);
    }

    public static void I5Bad() // bad: LIFE003
    {
        ICollection<nint> l = new List<nint>();
        l.Add(Marshal.AllocHGlobal(3));
        Console.WriteLine(l.Count);
    }

    public static void I6Bad(int n) // bad: LIFE008
    {
        var l = new List<nint>();
        FillI(l, n);
        foreach (nint p in l)
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void I7Bad(int n) // bad: LIFE004
    {
        var l = new List<nint>();
        FillI(l, n);
        if (n > 3)
        {
            return;
        }

        FreeI(l);
    }

    public static void I1Good(int n)
    {
        var l = new List<nint>();
        FillI(l, n);
        foreach (nint p in l)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void I2Good()
    {
        var l = new List<nint>();
        FillC(l);
        foreach (nint p in l)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void I3Good(int n)
    {
        IList<nint> l = new List<nint>();
        FillI(l, n);
        FreeI(l);
    }

    public static void I4Good(int n)
    {
        IList<nint> l = new List<nint>();
        FillI(l, n);
        FreeIL(l);
    }

    public static void I5Good(int n)
    {
        var l = new List<nint>();
        FillI(l, n);
        FreeRO(l);
    }

    public static void I6Good(ICollection<nint> l)
    {
        FillC(l);
    }

    public static IList<nint> I7Good()
    {
        IList<nint> l = new List<nint>();
        FillC(l);
        return l;
    }

    public static void C1Bad() // bad: LIFE003
    {
        var l = new List<nint>();
        l.Add(Marshal.AllocHGlobal(3));
        l.Clear();
    }

    public static void C3Bad() // bad: LIFE003
    {
        var l = new Queue<nint>();
        l.Enqueue(Marshal.AllocHGlobal(3));
        l.Clear();
    }

    public static void C1Good()
    {
        var l = new List<nint>();
        l.Add(Marshal.AllocHGlobal(3));
        foreach (nint p in l)
        {
            Marshal.FreeHGlobal(p);
        }

        l.Clear();
    }

    public static void C2Good()
    {
        var l = new List<nint>();
        nint p = Marshal.AllocHGlobal(3);
        l.Add(p);
        l.Clear();
        Marshal.FreeHGlobal(p);
    }

    public static void C3Good(int n)
    {
        var l = new List<nint>();
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < n; i++)
            {
                l.Add(Marshal.AllocHGlobal(3));
            }

            foreach (nint p in l)
            {
                Marshal.FreeHGlobal(p);
            }

            l.Clear();
        }
    }

    public static void C4Good()
    {
        var l = new List<nint>();
        nint p = Marshal.AllocHGlobal(3);
        try
        {
            l.Add(p);
            Console.WriteLine(l.Count);
            l.Clear();
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    private static void FreeAllCo(nint[] a)
    {
        foreach (nint p in a)
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    private static void FreeAllCoL(List<nint> a)
    {
        foreach (nint p in a)
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void W2Bad() // bad: LIFE008
    {
        var a = new nint[2];
        a[0] = Marshal.AllocHGlobal(3);
        a[1] = Marshal.AllocHGlobal(3);
        FreeAllCo(a);
    }

    public static void W3Bad() // bad: LIFE008
    {
        var a = new List<nint>();
        a.Add(Marshal.AllocHGlobal(3));
        FreeAllCoL(a);
    }

    public static void W4Bad(int n) // bad: LIFE008
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        FreeAllCo(a);
    }

    public static void W5Bad(int n) // bad: LIFE008
    {
        var a = new Dictionary<int, nint>();
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        foreach (var kv in a)
        {
            Marshal.FreeCoTaskMem(kv.Value);
        }
    }

    public static void W5Good(int n)
    {
        var a = new Dictionary<int, nint>();
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        foreach (var kv in a)
        {
            Marshal.FreeHGlobal(kv.Value);
        }
    }

    public static void W6Good(int n)
    {
        var a = new Dictionary<int, nint>();
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        foreach (var (k, v) in a)
        {
            Marshal.FreeHGlobal(v);
        }
    }

    public static void W7Good(int n)
    {
        var a = new Dictionary<int, nint>();
        for (int i = 0; i < n; i++)
        {
            a[i] = i == 0 ? Marshal.AllocHGlobal(3) : Marshal.AllocCoTaskMem(3);
        }

        foreach (var kv in a)
        {
            if (kv.Key == 0)
            {
                Marshal.FreeHGlobal(kv.Value);
            }
            else
            {
                Marshal.FreeCoTaskMem(kv.Value);
            }
        }
    }

    private static void FreeAll(nint[] a)
    {
        foreach (nint p in a)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    private static void FreeAllZ(nint[] a)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != 0)
            {
                Marshal.FreeHGlobal(a[i]);
            }

            a[i] = 0;
        }
    }

    private static void FreeAllP(params nint[] a)
    {
        foreach (nint p in a)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void T1Bad(int n) // bad: LIFE006
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        FreeAll(a);
        FreeAll(a);
    }

    public static void T2Bad(int n) // bad: LIFE006
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        foreach (nint p in a)
        {
            Marshal.FreeHGlobal(p);
        }

        foreach (nint p in a)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void T3Bad(int n) // bad: LIFE006
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        foreach (nint p in a)
        {
            Marshal.FreeHGlobal(p);
        }

        FreeAll(a);
    }

    public static void T4Bad(int n) // bad: LIFE006
    {
        var a = new List<nint>();
        for (int i = 0; i < n; i++)
        {
            a.Add(Marshal.AllocHGlobal(3));
        }

        foreach (nint p in a)
        {
            Marshal.FreeHGlobal(p);
        }

        foreach (nint p in a)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void T1Good(int n)
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        FreeAllZ(a);
        FreeAllZ(a);
    }

    public static void T2Good(int n)
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        FreeAll(a);
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        FreeAll(a);
    }

    public static void T3Good(int n)
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        FreeAll(a);
        a = new nint[n];
        FreeAll(a);
    }

    public static void T4Good(int n)
    {
        var a = new nint[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = Marshal.AllocHGlobal(3);
        }

        FreeAll(a);
        Array.Clear(a);
        FreeAll(a);
    }

    public static void P1Bad() // bad: LIFE006
    {
        nint p = Marshal.AllocHGlobal(3);
        nint q = Marshal.AllocHGlobal(3);
        FreeAllP(p, q);
        Marshal.FreeHGlobal(p);
    }

    public static void P2Bad() // bad: LIFE003
    {
        nint p = Marshal.AllocHGlobal(3);
        nint q = Marshal.AllocHGlobal(3);
        FreeAllP(p);
    }

    public static void P3Bad() // bad: LIFE006
    {
        nint p = Marshal.AllocHGlobal(3);
        FreeAllP(p, p);
    }

    public static void P1Good()
    {
        nint p = Marshal.AllocHGlobal(3);
        nint q = Marshal.AllocHGlobal(3);
        FreeAllP(p, q);
    }

    public static void P2Good()
    {
        nint p = Marshal.AllocHGlobal(3);
        nint q = Marshal.AllocHGlobal(3);
        try
        {
            Marshal.WriteByte(p, 3);
        }
        finally
        {
            FreeAllP(p, q);
        }
    }

    public static void R2Bad() // bad: LIFE003
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(16);
        byte[] c = b;
        Array.Resize(ref b, 32);
        Console.WriteLine(b.Length);
    }

    public static void R1Good()
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(16);
        byte[] c = b;
        Array.Resize(ref b, 32);
        ArrayPool<byte>.Shared.Return(c);
    }
}
