// weakness: CWE-401
// construct: iterators and queries whose elements are blocks
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.Sequences;

internal static class S
{
    public static void BadFirstOf(int[] a) // bad: LIFE003|LIFE004
    {
        var p = a.Select(x => Marshal.AllocHGlobal(x)).First();
        Marshal.WriteInt32(p, 1);
    }

    public static void BadEach(int[] a) // bad: LIFE003|LIFE004
    {
        foreach (var p in a.Select(x => Marshal.AllocHGlobal(x)))
        {
            Marshal.WriteInt32(p, 1);
        }
    }

    public static void BadList(int[] a) // bad: LIFE003|LIFE004
    {
        var l = a.Select(x => Marshal.AllocHGlobal(x)).ToList();
        Console.WriteLine(l.Count);
    }

    public static void BadManual(int[] a) // bad: LIFE003|LIFE004
    {
        var l = new List<IntPtr>();
        foreach (var x in a)
        {
            l.Add(Marshal.AllocHGlobal(x));
        }

        Console.WriteLine(l.Count);
    }

    static IEnumerable<IntPtr> Blocks(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return Marshal.AllocHGlobal(16);
        }
    }

    public static void BadIterList() // bad: LIFE003|LIFE004
    {
        var l = Blocks(3).ToList();
        Console.WriteLine(l.Count);
    }

    public static void BadIterArr() // bad: LIFE003|LIFE004
    {
        var l = Blocks(3).ToArray();
        Console.WriteLine(l.Length);
    }
}

internal sealed class Res : IDisposable
{
    private readonly IntPtr _p = Marshal.AllocHGlobal(64);

    public int First => Marshal.ReadInt32(_p);

    public void Dispose() => Marshal.FreeHGlobal(_p);
}

internal static class S2
{
    static IEnumerable<IntPtr> Blocks(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return Marshal.AllocHGlobal(16);
        }
    }

    static IEnumerable<IntPtr> Lent(int n)
    {
        for (int i = 0; i < n; i++)
        {
            var p = Marshal.AllocHGlobal(16);
            try
            {
                yield return p;
            }
            finally
            {
                Marshal.FreeHGlobal(p);
            }
        }
    }

    static IEnumerable<IntPtr> Lent2(int n)
    {
        for (int i = 0; i < n; i++)
        {
            var p = Marshal.AllocHGlobal(16);
            yield return p;
            Marshal.FreeHGlobal(p);
        }
    }

    static IEnumerable<byte[]> Reused(int n)
    {
        var b = new byte[10];
        for (int i = 0; i < n; i++)
        {
            yield return b;
        }
    }

    private static readonly Stack<IntPtr> _pool = new();

    static IEnumerable<IntPtr> Pooled(int n)
    {
        for (int i = 0; i < n; i++)
        {
            var p = _pool.Count > 0 ? _pool.Pop() : Marshal.AllocHGlobal(16);
            yield return p;
            _pool.Push(p);
        }
    }

    static IEnumerable<IntPtr> Kept(int n)
    {
        for (int i = 0; i < n; i++)
        {
            var p = Marshal.AllocHGlobal(16);
            _pool.Push(p);
            yield return p;
        }
    }

    static IEnumerable<Res> Objects(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return new Res();
        }
    }

    static IEnumerable<IntPtr> Maybe(bool b)
    {
        if (b)
        {
            yield return Marshal.AllocHGlobal(16);
        }
        else
        {
            yield return IntPtr.Zero;
        }
    }

    static async IAsyncEnumerable<IntPtr> Async(int n)
    {
        for (int i = 0; i < n; i++)
        {
            await Task.Delay(1);
            yield return Marshal.AllocHGlobal(16);
        }
    }

    public static void GoodLent()
    {
        foreach (var p in Lent(3))
        {
            Marshal.WriteByte(p, 1);
        }
    }

    public static void GoodLent2()
    {
        foreach (var p in Lent2(3))
        {
            Marshal.WriteByte(p, 1);
        }
    }

    public static void GoodReused()
    {
        foreach (var p in Reused(3))
        {
            Console.WriteLine(p[0]);
        }
    }

    public static void GoodPooled()
    {
        foreach (var p in Pooled(3))
        {
            Marshal.WriteByte(p, 1);
        }
    }

    public static void GoodKept()
    {
        foreach (var p in Kept(3))
        {
            Marshal.WriteByte(p, 1);
        }
    }

    public static void GoodObjects()
    {
        foreach (var p in Objects(3))
        {
            using (p) Console.Write(p.First);
        }
    }

    public static void GoodObjects2()
    {
        foreach (var p in Objects(3))
        {
            p.Dispose();
        }
    }

    public static void BadObjects() // bad: LIFE003|LIFE004
    {
        foreach (var p in Objects(3))
        {
            Console.Write(p.First);
        }
    }

    public static void BadObjects3() // bad: LIFE003|LIFE004
    {
        foreach (var p in Objects(3).Where(o => o.First > 1))
        {
            Console.Write(p.First);
        }
    }

    public static void GoodObjects3()
    {
        var l = Objects(3).ToList();
        foreach (var o in l)
        {
            o.Dispose();
        }
    }

    public static void GoodObjects4()
    {
        var l = Objects(3).ToArray();
        try
        {
            Console.WriteLine(l[0].First);
        }
        finally
        {
            foreach (var o in l)
            {
                o.Dispose();
            }
        }
    }

    public static void GoodObjects5()
    {
        var l = Objects(3).ToArray();
        for (int i = 0; i < l.Length; i++)
        {
            l[i].Dispose();
        }
    }

    public static void BadObjects5() // bad: LIFE003|LIFE004
    {
        var l = Objects(3).ToArray();
        for (int i = 0; i < l.Length; i++)
        {
            Console.WriteLine(l[i].First);
        }
    }

    public static void GoodObjects6()
    {
        var l = Objects(3).ToList();
        l.ForEach(o => o.Dispose());
    }

    public static List<Res> GoodGiven() => Objects(3).ToList();

    public static Res[] GoodGiven2(int[] a)
    {
        var r = a.Select(x => new Res()).ToArray();
        return r;
    }

    public static void GoodMaybe()
    {
        foreach (var p in Maybe(true))
        {
            if (p != IntPtr.Zero) Marshal.FreeHGlobal(p);
        }
    }

    public static async Task GoodAsync()
    {
        await foreach (var p in Async(2))
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static async Task BadAsync() // bad: LIFE003|LIFE004
    {
        await foreach (var p in Async(2))
        {
            Marshal.WriteByte(p, 0);
        }
    }

    public static async Task BadAsync2(CancellationToken t) // bad: LIFE003|LIFE004
    {
        await foreach (var p in Async(2).WithCancellation(t))
        {
            Marshal.WriteByte(p, 0);
        }
    }

    public static void GoodBreak()
    {
        foreach (var p in Blocks(9))
        {
            Marshal.FreeHGlobal(p);
            if (p == 5)
            {
                break;
            }
        }
    }

    public static void BadBreak() // bad: LIFE003|LIFE004
    {
        foreach (var p in Blocks(9))
        {
            if (Marshal.ReadByte(p) == 5)
            {
                break;
            }

            Marshal.FreeHGlobal(p);
        }
    }

    public static void BadContinue() // bad: LIFE003|LIFE004
    {
        foreach (var p in Blocks(9))
        {
            if (Marshal.ReadByte(p) == 5)
            {
                continue;
            }

            Marshal.FreeHGlobal(p);
        }
    }

    public static void BadDouble() // bad: LIFE006
    {
        foreach (var p in Blocks(9))
        {
            Marshal.FreeHGlobal(p);
            Marshal.FreeHGlobal(p);
        }
    }

    public static void BadUse() // bad: LIFE007
    {
        foreach (var p in Blocks(9))
        {
            Marshal.FreeHGlobal(p);
            Marshal.WriteByte(p, 1);
        }
    }

    public static void GoodQuery()
    {
        var q = Blocks(9);
        Console.WriteLine(q);
    }

    public static int GoodSelectInt(int[] a)
    {
        int s = 0;
        foreach (var x in a.Select(v => v + 1))
        {
            s += x;
        }

        return s;
    }

    public static void GoodHold(List<IntPtr> into)
    {
        foreach (var p in Blocks(9))
        {
            into.Add(p);
        }
    }

    public static void GoodHold2(List<IntPtr> into)
    {
        into.AddRange(Blocks(9));
    }

    private static readonly List<Res> s_all = new();

    public static void GoodStatic(int[] a)
    {
        s_all.AddRange(a.Select(x => new Res()));
    }

    public static Dictionary<int, IntPtr> GoodDict(int[] a) => a.ToDictionary(x => x, x => Marshal.AllocHGlobal(x));

    public static void GoodDict2(int[] a)
    {
        var d = a.ToDictionary(x => x, x => Marshal.AllocHGlobal(x));
        foreach (var p in d.Values)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void GoodLinqDispose(int[] a)
    {
        var l = a.Select(x => new Res()).ToList();
        try
        {
            Console.WriteLine(l.Sum(x => x.First));
        }
        finally
        {
            foreach (var r in l)
            {
                r.Dispose();
            }
        }
    }

    public static void GoodTasks(int[] a)
    {
        var ts = a.Select(x => Task.Run(() =>
        {
            using var r = new Res(); return r.First;
        }

        )).ToArray();
        Task.WaitAll(ts);
    }

    public static void GoodUsingVar(int[] a)
    {
        foreach (var s in a.Select(x => new Res()))
        {
            { using var r = s; Console.WriteLine(r.First); }
        }
    }

    public static void BadSel2(string[] a) // bad: LIFE003|LIFE004
    {
        foreach (var p in a.Select(Marshal.StringToHGlobalUni))
        {
            Console.WriteLine(p);
        }
    }

    public static void GoodSel2(string[] a)
    {
        foreach (var p in a.Select(Marshal.StringToHGlobalUni))
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void GoodToArrayNested(int[] a)
    {
        IntPtr[] l = a.Select(x => Marshal.AllocHGlobal(x)).ToArray();
        Release(l);
    }

    static void Release(IntPtr[] l)
    {
        foreach (var p in l)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void GoodToArrayNested2(int[] a)
    {
        IntPtr[] l = a.Select(x => Marshal.AllocHGlobal(x)).ToArray();
        Release2(l);
    }

    static void Release2(IEnumerable<IntPtr> l)
    {
        foreach (var p in l)
        {
            Marshal.FreeHGlobal(p);
        }
    }
}

internal sealed class Walker : IDisposable
{
    private IntPtr _cur;

    IEnumerable<IntPtr> Each(int n)
    {
        for (int i = 0; i < n; i++)
        {
            Marshal.FreeHGlobal(_cur);
            _cur = Marshal.AllocHGlobal(8);
            yield return _cur;
        }
    }

    IEnumerable<IntPtr> Each2(int n)
    {
        var all = new List<IntPtr>();
        for (int i = 0; i < n; i++)
        {
            var p = Marshal.AllocHGlobal(8);
            all.Add(p);
            yield return p;
        }

        foreach (var p in all)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    IEnumerable<IntPtr> Each3(int n)
    {
        for (int i = 0; i < n; i++)
        {
            var p = Marshal.AllocHGlobal(8);
            yield return p;
            _cur = p;
        }
    }

    public void GoodWalk()
    {
        foreach (var p in Each(3))
        {
            Marshal.WriteByte(p, 1);
        }
    }

    public void GoodWalk2()
    {
        foreach (var p in Each2(3))
        {
            Marshal.WriteByte(p, 1);
        }
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_cur);
    }
}
