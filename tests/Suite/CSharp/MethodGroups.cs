// weakness: CWE-401
// construct: functions that are named before they are called, and elements that are overwritten
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.MethodGroups;

internal static unsafe class Named
{
    static IntPtr Mk(int n) => Marshal.AllocHGlobal(n);

    static void Rl(IntPtr p) => Marshal.FreeHGlobal(p);

    public static void BadFp() // bad: LIFE003|LIFE004
    {
        delegate*<int, IntPtr> mk = &Mk;
        var p = mk(3);
        Marshal.WriteByte(p, 1);
    }

    public static void BadFp2() // bad: LIFE006
    {
        delegate*<IntPtr, void> rl = &Rl;
        var p = Mk(3);
        rl(p);
        rl(p);
    }

    public static void GoodFp()
    {
        delegate*<int, IntPtr> mk = &Mk;
        delegate*<IntPtr, void> rl = &Rl;
        var p = mk(3);
        rl(p);
    }

    public static void BadMg() // bad: LIFE003|LIFE004
    {
        Func<int, IntPtr> mk = Mk;
        var p = mk(3);
        Marshal.WriteByte(p, 1);
    }

    public static void GoodMg()
    {
        Func<int, IntPtr> mk = Mk;
        Action<IntPtr> rl = Rl;
        var p = mk(3);
        rl(p);
    }

    public static void BadDict() // bad: LIFE003|LIFE004
    {
        var d = new Dictionary<string, IntPtr>();
        d["a"] = Marshal.AllocHGlobal(1);
        d["a"] = Marshal.AllocHGlobal(2);
        foreach (var v in d.Values)
        {
            Marshal.FreeHGlobal(v);
        }
    }

    public static void BadDict2() // bad: LIFE003|LIFE004
    {
        var d = new Dictionary<string, IntPtr>();
        d["a"] = Marshal.AllocHGlobal(1);
        d["a"] = Marshal.AllocHGlobal(2);
        Marshal.FreeHGlobal(d["a"]);
    }

    public static void BadArr() // bad: LIFE003|LIFE004
    {
        var d = new IntPtr[2];
        d[0] = Marshal.AllocHGlobal(1);
        d[0] = Marshal.AllocHGlobal(2);
        Marshal.FreeHGlobal(d[0]);
    }

    public static void BadArr2() // bad: LIFE003|LIFE004
    {
        var d = new IntPtr[2];
        d[0] = Marshal.AllocHGlobal(1);
        d[0] = Marshal.AllocHGlobal(2);
        foreach (var p in d)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void BadList() // bad: LIFE003|LIFE004
    {
        var d = new List<IntPtr>();
        d.Add(Marshal.AllocHGlobal(1));
        d[0] = Marshal.AllocHGlobal(2);
        foreach (var p in d)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void GoodList()
    {
        var d = new List<IntPtr>();
        d.Add(Marshal.AllocHGlobal(1));
        Marshal.FreeHGlobal(d[0]);
        d[0] = Marshal.AllocHGlobal(2);
        foreach (var p in d)
        {
            Marshal.FreeHGlobal(p);
        }
    }
}
