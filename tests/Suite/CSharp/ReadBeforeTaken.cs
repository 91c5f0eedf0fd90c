// weakness: mixed
// construct: arguments that were read before the block of this round was taken
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.ReadBeforeTaken;

internal sealed class Cell : IDisposable
{
    private IntPtr _p;

    public Cell(int size)
    {
        _p = Marshal.AllocHGlobal(size + 4);
    }

    public int Value => Marshal.ReadInt32(_p);

    public Cell Joined(Cell other)
    {
        Marshal.WriteInt32(_p, Value + other.Value);
        other.Dispose();
        return this;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
        _p = IntPtr.Zero;
    }
}

internal static class Slots
{
    private static void Put(ref Cell? slot, Cell? value)
    {
        var old = slot;
        slot = value;
        old?.Dispose();
    }

    private static void PutAny<T>(ref T? slot, T? value)
        where T : class, IDisposable
    {
        var old = slot;
        slot = value;
        old?.Dispose();
    }

    private static void PutRaw(ref IntPtr slot, IntPtr value)
    {
        var old = slot;
        slot = value;
        if (old != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(old);
        }
    }

    private static IntPtr Newer(IntPtr old, IntPtr value)
    {
        if (old != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(old);
        }

        return value;
    }

    public static void ObjectGood(int n)
    {
        Cell? cell = null;
        for (int i = 0; i < n; i++)
        {
            Put(ref cell, new Cell(i));
        }

        Put(ref cell, null);
    }

    public static void AnyObjectGood(int n)
    {
        Cell? cell = null;
        for (int i = 0; i < n; i++)
        {
            PutAny(ref cell, new Cell(i));
        }

        cell?.Dispose();
    }

    public static void RawGood(int n)
    {
        IntPtr p = IntPtr.Zero;
        for (int i = 0; i < n; i++)
        {
            PutRaw(ref p, Marshal.AllocHGlobal(i + 1));
        }

        PutRaw(ref p, IntPtr.Zero);
    }

    public static void ByValueGood(int n)
    {
        IntPtr p = IntPtr.Zero;
        for (int i = 0; i < n; i++)
        {
            p = Newer(p, Marshal.AllocHGlobal(i + 1));
        }

        Marshal.FreeHGlobal(p);
    }

    public static int ReceiverGood(int n)
    {
        var all = new Cell(0);
        for (int i = 0; i < n; i++)
        {
            all = all.Joined(new Cell(i));
        }

        int value = all.Value;
        all.Dispose();
        return value;
    }

    public static void ObjectBad(int n) // bad: LIFE003|LIFE004
    {
        Cell? cell = null;
        for (int i = 0; i < n; i++)
        {
            Put(ref cell, new Cell(i));
        }

        Io.PrintInt(n);
    }

    public static void RawBad(int n) // bad: LIFE003|LIFE004
    {
        IntPtr p = IntPtr.Zero;
        for (int i = 0; i < n; i++)
        {
            PutRaw(ref p, Marshal.AllocHGlobal(i + 1));
        }

        Io.PrintInt(n);
    }

    public static void ByValueBad(int n) // bad: LIFE006
    {
        IntPtr p = IntPtr.Zero;
        for (int i = 0; i < n; i++)
        {
            p = Newer(p, Marshal.AllocHGlobal(i + 1));
        }

        if (p != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(p);
            Marshal.FreeHGlobal(p);
        }
    }
}
