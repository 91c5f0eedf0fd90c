// weakness: CWE-401
// construct: structures for native code with delegates that it calls back later
using System;
using System.Runtime.InteropServices;

namespace Cases.DelegatesInStructures;

internal delegate IntPtr WndProc(IntPtr h, int m);

internal class WndClass
{
    public int Size;
    public WndProc Proc;
    public string Name;
}

internal struct WndStruct
{
    public int Size;
    public WndProc Proc;
}

internal static class Win
{
    [DllImport("user32")] public static extern ushort RegisterClassEx(WndClass c);
    [DllImport("user32")] public static extern ushort RegisterClassEx2(in WndStruct c);
    [DllImport("user32")] public static extern IntPtr Create(string n);
    [DllImport("user32")] public static extern int Run(WndProc p);
}

internal sealed class Sub : IDisposable
{
    private GCHandle _h;

    public Sub()
    {
        _h = GCHandle.Alloc(this);
    }

    public IntPtr Proc(IntPtr h, int m) => IntPtr.Zero;

    public void Dispose()
    {
        _h.Free();
    }
}

internal sealed class Res : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(3);

    public IntPtr Proc(IntPtr h, int m) => _p;

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
    }
}

internal static class Windows
{
    public static void BadBefore(bool isReady) // bad: LIFE005
    {
        var s = new Sub();
        if (!isReady)
        {
            throw new InvalidOperationException();
        }

        var c = new WndClass { Proc = s.Proc };
        Win.RegisterClassEx(c);
    }

    public static IntPtr GoodClass()
    {
        var s = new Sub();
        var c = new WndClass();
        c.Proc = new WndProc(s.Proc);
        c.Name = "x";
        Win.RegisterClassEx(c);
        var h = Win.Create("x");
        if (h == IntPtr.Zero)
        {
            s.Dispose();
        }

        return h;
    }

    public static IntPtr GoodStruct()
    {
        var s = new Sub();
        var c = new WndStruct { Proc = s.Proc };
        Win.RegisterClassEx2(in c);
        var h = Win.Create("x");
        if (h == IntPtr.Zero)
        {
            s.Dispose();
        }

        return h;
    }

    public static IntPtr GoodLocal()
    {
        var s = new Sub();
        WndProc p = s.Proc;
        var c = new WndClass { Proc = p };
        Win.RegisterClassEx(c);
        var h = Win.Create("x");
        if (h == IntPtr.Zero)
        {
            s.Dispose();
        }

        GC.KeepAlive(p);
        return h;
    }

    public static IntPtr GoodRes()
    {
        var s = new Res();
        var c = new WndClass();
        c.Proc = s.Proc;
        Win.RegisterClassEx(c);
        return Win.Create("x");
    }
}
