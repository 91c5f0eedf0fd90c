#nullable disable
using System;
using System.Runtime.InteropServices;

class Loops
{
    [DllImport("x")] static extern int go(IntPtr p);
    [DllImport("x")] static extern IntPtr next(IntPtr p);

    static int A(string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            var h = GCHandle.Alloc(names[i]);
            if (names[i] == null) continue;
            go(GCHandle.ToIntPtr(h));
            h.Free();
        }
        return 0;
    }

    static int B(string[] names)
    {
        IntPtr p = IntPtr.Zero;
        foreach (string n in names)
        {
            p = Marshal.StringToHGlobalAnsi(n);
            if (go(p) < 0) { return -1; }
        }
        Marshal.FreeHGlobal(p);
        return 1;
    }

    static void C(int n)
    {
        while (true)
        {
            var p = Marshal.AllocHGlobal(n);
            var r = go(p);
            if (r == 0) break;
            if (r == 1) continue;
            Marshal.FreeHGlobal(p);
        }
    }

    static int D(int n)
    {
        IntPtr[] blocks = new IntPtr[n];
        for (int i = 0; i < n; i++) blocks[i] = Marshal.AllocHGlobal(16);
        int sum = 0;
        for (int i = 0; i < n; i++) sum += go(blocks[i]);
        return sum;
    }

    static bool E(string s)
    {
        var p = Marshal.StringToBSTR(s);
        return go(p) == 0;
    }

    static void F(object o)
    {
        GCHandle.Alloc(o);
    }

    static void G(int n) { Marshal.AllocHGlobal(n); }

    static IntPtr H(int n)
    {
        var p = Marshal.AllocHGlobal(n);
        if (go(p) != 0)
            return IntPtr.Zero;
        return p;
    }

    static IntPtr I(int n)
    {
        var p = Marshal.AllocHGlobal(n);
        if (n > 3)
        {
            go(p);
            throw new InvalidOperationException();
        }
        return p;
    }

    static int J(int n)
    {
        var p = Marshal.AllocHGlobal(n);
        var q = Marshal.AllocHGlobal(n);
        if (go(p) != 0) goto fail;
        if (go(q) != 0) goto fail;
        Marshal.FreeHGlobal(p);
        Marshal.FreeHGlobal(q);
        return 0;
    fail:
        return -1;
    }

    static int K(int n)
    {
        IntPtr p;
        if (n > 0)
            p = Marshal.AllocHGlobal(n);
        else
            p = IntPtr.Zero;
        if (go(p) == 1)
            return 4;
        if (p != IntPtr.Zero)
            Marshal.FreeHGlobal(p);
        return 3;
    }

    static unsafe int L(int n)
    {
        byte* p = stackalloc byte[16];
        byte* big = null;
        if (n > 16)
            p = big = (byte*)NativeMemory.Alloc((nuint)n);
        for (int i = 0; i < n; i++)
        {
            p[i] = 1;
            if (i == 1000) return i;
        }
        NativeMemory.Free(big);
        return 0;
    }

    static int M(int n)
    {
        var p = Marshal.AllocHGlobal(n);
        try
        {
            if (go(p) == 2) return 1;
            Marshal.FreeHGlobal(p);
        }
        catch (Exception)
        {
            throw;
        }
        return 0;
    }

    static void N(int n)
    {
        var p = Marshal.AllocHGlobal(n);
        void Inner()
        {
            go(p);
        }
        Inner();
        if (n == 2) return;
        Marshal.FreeHGlobal(p);
    }

    static void O()
    {
        var h = GCHandle.Alloc(new object());
        var t = GCHandle.ToIntPtr(h);
        go(t);
    }
}
