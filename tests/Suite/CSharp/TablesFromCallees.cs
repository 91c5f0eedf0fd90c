// weakness: CWE-401
// construct: arrays and lists of blocks that a function gives or fills
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Cases.TablesFromCallees;

internal static unsafe class FromCallees
{
    static IntPtr Mk(int n) => Marshal.AllocHGlobal(n);

    static void Rl(IntPtr p) => Marshal.FreeHGlobal(p);

    static IntPtr[] A(int n)
    {
        var l = new IntPtr[n];
        for (int i = 0; i < n; i++)
        {
            l[i] = Mk(i);
        }

        return l;
    }

    static List<IntPtr> L(int n)
    {
        var l = new List<IntPtr>();
        for (int i = 0; i < n; i++)
        {
            l.Add(Mk(i));
        }

        return l;
    }

    static void Into(IntPtr[] a)
    {
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = Mk(i);
        }
    }

    static void IntoList(List<IntPtr> a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            a.Add(Mk(i));
        }
    }

    public static void GoodA1()
    {
        var a = A(3);
        for (int i = 0; i < a.Length; i++)
        {
            Rl(a[i]);
        }
    }

    public static void GoodA2()
    {
        var a = A(3);
        for (int i = a.Length - 1; i >= 0; i--)
        {
            Rl(a[i]);
        }
    }

    public static void GoodA3()
    {
        var a = A(3);
        int i = a.Length;
        while (i-- > 0)
        {
            Rl(a[i]);
        }
    }

    public static void GoodA4()
    {
        var a = A(3);
        Array.ForEach(a, Rl);
    }

    public static void GoodA5()
    {
        var a = A(3);
        foreach (var p in a.Reverse())
        {
            Rl(p);
        }
    }

    public static void GoodA6()
    {
        var a = A(3);
        FreeAll(a);
    }

    static void FreeAll(IntPtr[] a)
    {
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    public static void GoodA7()
    {
        var a = A(3);
        FreeRange(a, 0, a.Length);
    }

    static void FreeRange(IntPtr[] a, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            Rl(a[i]);
            a[i] = IntPtr.Zero;
        }
    }

    public static void GoodA8()
    {
        var a = A(3);
        Rl(a[0]);
        Rl(a[1]);
        Rl(a[2]);
    }

    public static void GoodA9()
    {
        var a = A(3);
        for (int i = 1; i < a.Length; i++)
        {
            Rl(a[i]);
        }

        Rl(a[0]);
    }

    public static void GoodA10()
    {
        var a = A(3);
        Rl(a[0]);
        for (int i = 1; i < a.Length; i++)
        {
            Rl(a[i]);
        }
    }

    public static void GoodA11()
    {
        var a = A(3);
        var b = new IntPtr[3];
        Array.Copy(a, b, 3);
        foreach (var p in b)
        {
            Rl(p);
        }
    }

    public static void GoodA12()
    {
        var a = A(3);
        var b = a.ToList();
        b.ForEach(Rl);
    }

    public static void GoodA13()
    {
        var a = A(3);
        var b = (IntPtr[])a.Clone();
        foreach (var p in b)
        {
            Rl(p);
        }
    }

    public static void GoodA14()
    {
        foreach (var p in A(3))
        {
            Rl(p);
        }
    }

    public static void GoodA15()
    {
        var a = A(3);
        foreach (ref var p in a.AsSpan())
        {
            Rl(p);
            p = default;
        }
    }

    public static void GoodA16()
    {
        var a = A(3);
        try
        {
            Use(a);
        }
        finally
        {
            for (int i = 0; i < a.Length; i++)
            {
                if (a[i] != IntPtr.Zero) Rl(a[i]);
            }
        }
    }

    static void Use(IntPtr[] a)
    {
        Marshal.WriteByte(a[0], 1);
    }

    public static IntPtr[] GoodA17()
    {
        var a = A(3);
        a[0] = Grow(a[0]);
        return a;
    }

    static IntPtr Grow(IntPtr p) => Marshal.ReAllocHGlobal(p, (IntPtr)100);

    public static IntPtr GoodA18()
    {
        var a = A(3);
        for (int i = 1; i < 3; i++)
        {
            Rl(a[i]);
        }

        return a[0];
    }

    public static IntPtr GoodA19(int k)
    {
        var a = A(3);
        for (int i = 0; i < 3; i++)
        {
            if (i != k) Rl(a[i]);
        }

        return a[k];
    }

    public static void GoodA20()
    {
        var a = A(3);
        Task.Run(() =>
        {
            foreach (var p in a)
            {
                Rl(p);
            }
        }

        ).Wait();
    }

    public static void GoodA21()
    {
        var a = A(3);
        fixed (IntPtr* q = a)
        {
            for (int i = 0; i < 3; i++) Rl(q[i]);
        }
    }

    public static void GoodA22()
    {
        var a = A(3);
        int n = a.Length;
        do
        {
            Rl(a[--n]);
        }
        while (n > 0);
    }

    public static void GoodA23()
    {
        var a = A(3);
        var h = new Hold(a);
        h.Dispose();
    }

    public static Hold GoodA24()
    {
        return new Hold(A(3));
    }

    public sealed class Hold : IDisposable
    {
        readonly IntPtr[] _a;
        public Hold(IntPtr[] a)
        {
            _a = a;
        }

        public void Dispose()
        {
            foreach (var p in _a)
            {
                Rl(p);
            }
        }
    }

    public static void GoodA25()
    {
        var a = A(3);
        var q = new Queue<IntPtr>(a);
        while (q.Count > 0)
        {
            Rl(q.Dequeue());
        }
    }

    public static void GoodA26()
    {
        var a = A(3);
        var (x, y, z) = (a[0], a[1], a[2]);
        Rl(x);
        Rl(y);
        Rl(z);
    }

    public static void GoodA27()
    {
        var a = A(3);
        for (int i = 0; i < a.Length; i += 2)
        {
            Rl(a[i]);
        }

        for (int i = 1; i < a.Length; i += 2)
        {
            Rl(a[i]);
        }
    }

    public static void GoodA28()
    {
        var a = A(3);
        Parallel.ForEach(a, Rl);
    }

    public static void GoodA29()
    {
        var a = A(3);
        Array.Sort(a);
        Rl(a[0]);
        Rl(a[1]);
        Rl(a[2]);
    }

    public static void GoodA30()
    {
        var a = A(3);
        (a[0], a[2]) = (a[2], a[0]);
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    public static void GoodI1()
    {
        var a = new IntPtr[3];
        Into(a);
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    public static void GoodI2()
    {
        var a = new IntPtr[3];
        Into(a);
        for (int i = 0; i < 3; i++)
        {
            Rl(a[i]);
        }
    }

    public static void GoodI3()
    {
        var a = new IntPtr[3];
        Into(a);
        FreeAll(a);
    }

    public static void GoodI4()
    {
        var a = new IntPtr[3];
        for (int r = 0; r < 4; r++)
        {
            Into(a);
            FreeAll(a);
        }
    }

    public static void GoodI5()
    {
        var a = new IntPtr[3];
        for (int r = 0; r < 4; r++)
        {
            Into(a);
            foreach (var p in a)
            {
                Rl(p);
            }
        }
    }

    public static void GoodI6(IntPtr[] a)
    {
        Into(a);
    }

    public static IntPtr[] GoodI7()
    {
        var a = new IntPtr[3];
        Into(a);
        return a;
    }

    public static void BadI1() // bad: LIFE003|LIFE004|LIFE016
    {
        var a = new IntPtr[3];
        Into(a);
        Use(a);
    }

    public static void BadA1() // bad: LIFE003|LIFE004|LIFE016
    {
        var a = A(3);
        Use(a);
    }

    public static void BadA3(bool b) // bad: LIFE003|LIFE004|LIFE016
    {
        var a = A(3);
        if (b)
        {
            return;
        }

        FreeAll(a);
    }

    public static void BadA4() // bad: LIFE003|LIFE004|LIFE016
    {
        var a = A(3);
        a = A(4);
        FreeAll(a);
    }

    public static int BadA5(int b) // bad: LIFE003|LIFE004|LIFE016
    {
        var a = A(3);
        if (b > 3)
        {
            return Marshal.ReadByte(a[1]);
        }

        FreeAll(a);
        return 0;
    }

    private static IntPtr s_kept;

    public static void BadA6(bool b) // bad: LIFE003|LIFE004|LIFE016
    {
        var a = A(3);
        s_kept = a[1];
        if (b)
        {
            return;
        }

        FreeAll(a);
    }

    public static void GoodL1()
    {
        var a = L(3);
        for (int i = 0; i < a.Count; i++)
        {
            Rl(a[i]);
        }
    }

    public static void GoodL2()
    {
        var a = L(3);
        for (int i = a.Count - 1; i >= 0; i--)
        {
            Rl(a[i]);
            a.RemoveAt(i);
        }
    }

    public static void GoodL3()
    {
        var a = L(3);
        while (a.Count > 0)
        {
            Rl(a[0]);
            a.RemoveAt(0);
        }
    }

    public static void GoodL4()
    {
        var a = L(3);
        while (a.Count > 0)
        {
            var p = a[^1];
            a.RemoveAt(a.Count - 1);
            Rl(p);
        }
    }

    public static void GoodL5()
    {
        var a = L(3);
        a.ForEach(Rl);
        a.Clear();
    }

    public static void GoodL6()
    {
        var a = L(3);
        var b = L(4);
        a.AddRange(b);
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    public static void GoodL7()
    {
        var a = L(3);
        FreeList(a);
    }

    static void FreeList(IEnumerable<IntPtr> a)
    {
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    public static void GoodL8()
    {
        var a = new List<IntPtr>();
        IntoList(a, 3);
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    public static void GoodL9()
    {
        var a = new List<IntPtr>();
        IntoList(a, 3);
        IntoList(a, 5);
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    public static void GoodL10()
    {
        var a = L(3);
        foreach (var p in a.ToArray())
        {
            Rl(p);
        }
    }

    public static void GoodL11()
    {
        var a = L(3);
        foreach (var p in CollectionsMarshal.AsSpan(a))
        {
            Rl(p);
        }
    }

    public static void GoodL12()
    {
        var a = L(3);
        using var e = a.GetEnumerator();
        while (e.MoveNext())
        {
            Rl(e.Current);
        }
    }

    public static void GoodL13()
    {
        var a = L(3);
        var s = new Stack<IntPtr>(a);
        while (s.TryPop(out var p))
        {
            Rl(p);
        }
    }

    public static void GoodL14(List<IntPtr> into)
    {
        into.AddRange(L(3));
    }

    public static Dictionary<int, IntPtr> GoodL15()
    {
        var d = new Dictionary<int, IntPtr>();
        int i = 0;
        foreach (var p in L(3))
        {
            d[i++] = p;
        }

        return d;
    }

    public static void BadL1() // bad: LIFE003|LIFE004|LIFE016
    {
        var a = L(3);
        Console.WriteLine(a.Count);
    }

    public static void BadL4() // bad: LIFE003|LIFE004|LIFE016
    {
        var a = L(3);
        a = L(4);
        foreach (var p in a)
        {
            Rl(p);
        }
    }

    static string[] Names(int n)
    {
        var a = new string[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = i.ToString();
        }

        return a;
    }

    static byte[][] Rented(int n)
    {
        var a = new byte[n][];
        for (int i = 0; i < n; i++)
        {
            a[i] = ArrayPool<byte>.Shared.Rent(10);
        }

        return a;
    }

    public static void GoodR1()
    {
        var a = Rented(3);
        foreach (var b in a)
        {
            ArrayPool<byte>.Shared.Return(b);
        }
    }

    public static void BadR1() // bad: LIFE003|LIFE004|LIFE016
    {
        var a = Rented(3);
        Console.WriteLine(a[0][0]);
    }

    static GCHandle[] Pins(object[] o)
    {
        var a = new GCHandle[o.Length];
        for (int i = 0; i < o.Length; i++)
        {
            a[i] = GCHandle.Alloc(o[i], GCHandleType.Pinned);
        }

        return a;
    }

    public static void GoodP1(object[] o)
    {
        var a = Pins(o);
        for (int i = 0; i < a.Length; i++)
        {
            a[i].Free();
        }
    }

    public static void GoodP2(object[] o)
    {
        var a = Pins(o);
        foreach (var h in a)
        {
            if (h.IsAllocated) h.Free();
        }
    }

    public static void BadP1(object[] o) // bad: LIFE003|LIFE004|LIFE016
    {
        var a = Pins(o);
        Console.WriteLine(a[0].AddrOfPinnedObject());
    }

    private sealed class Res : IDisposable
    {
        readonly IntPtr _p = Mk(64);
        public int First => Marshal.ReadInt32(_p);

        public void Dispose() => Rl(_p);
    }

    static Res[] Rs(int n)
    {
        var a = new Res[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = new Res();
        }

        return a;
    }

    static Res[] Rs2(int n)
    {
        var a = new Res[n];
        try
        {
            for (int i = 0; i < n; i++)
            {
                a[i] = new Res();
            }

            return a;
        }
        catch
        {
            foreach (var r in a)
            {
                r?.Dispose();
            }

            throw;
        }
    }

    public static void GoodO1()
    {
        var a = Rs(3);
        foreach (var r in a)
        {
            r.Dispose();
        }
    }

    public static void GoodO2()
    {
        var a = Rs2(3);
        foreach (var r in a)
        {
            r.Dispose();
        }
    }

    public static void GoodO3()
    {
        var a = Rs(3);
        for (int i = 0; i < a.Length; i++)
        {
            using var r = a[i];
            Console.WriteLine(r.First);
        }
    }
}
