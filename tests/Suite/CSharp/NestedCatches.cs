// weakness: mixed
// construct: a catch within a catch of the same exception, memory that may run out, one of two objects that a condition has chosen
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.NestedCatches;

internal sealed class Cell : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(8);

    public int Value => Marshal.ReadInt32(_p);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
        _p = IntPtr.Zero;
    }
}

internal static class Nested
{
    public static void SameExceptionGood(string text)
    {
        IntPtr p = Marshal.AllocHGlobal(4);
        try
        {
            try
            {
                Marshal.WriteInt32(p, int.Parse(text));
            }
            catch (FormatException)
            {
                Marshal.FreeHGlobal(p);
                throw;
            }
        }
        catch (FormatException)
        {
            return;
        }

        Marshal.FreeHGlobal(p);
    }

    public static void DerivedExceptionGood(string text)
    {
        IntPtr p = Marshal.AllocHGlobal(4);
        try
        {
            try
            {
                Marshal.WriteInt32(p, int.Parse(text));
            }
            catch (ArgumentException)
            {
                Marshal.FreeHGlobal(p);
                throw;
            }
        }
        catch (ArgumentNullException)
        {
            return;
        }

        Marshal.FreeHGlobal(p);
    }

    public static void BroaderExceptionBad(string text) // bad: LIFE004
    {
        IntPtr p = Marshal.AllocHGlobal(4);
        try
        {
            try
            {
                Marshal.WriteInt32(p, int.Parse(text));
            }
            catch (FormatException)
            {
                Marshal.FreeHGlobal(p);
                throw;
            }
        }
        catch (SystemException)
        {
            return;
        }

        Marshal.FreeHGlobal(p);
    }

    public static void FilteredExceptionBad(string text) // bad: LIFE004
    {
        IntPtr p = Marshal.AllocHGlobal(4);
        try
        {
            try
            {
                Marshal.WriteInt32(p, int.Parse(text));
            }
            catch (FormatException) when (text.Length > 3)
            {
                Marshal.FreeHGlobal(p);
                throw;
            }
        }
        catch (FormatException)
        {
            return;
        }

        Marshal.FreeHGlobal(p);
    }
}

internal static class RunningOut
{
    private static bool TryTake(int size, out IntPtr p)
    {
        try
        {
            p = Marshal.AllocHGlobal(size);
            return true;
        }
        catch (OutOfMemoryException)
        {
            p = IntPtr.Zero;
            return false;
        }
    }

    public static int OneGood(int n)
    {
        if (!TryTake(n, out var p))
        {
            return -1;
        }

        Marshal.FreeHGlobal(p);
        return 0;
    }

    public static int TwoGood(int n)
    {
        if (!TryTake(n, out var a))
        {
            return -1;
        }

        if (!TryTake(n, out var b))
        {
            Marshal.FreeHGlobal(a);
            return -1;
        }

        Marshal.FreeHGlobal(b);
        Marshal.FreeHGlobal(a);
        return 0;
    }

    public static int CaughtGood(int n)
    {
        IntPtr a = IntPtr.Zero, b = IntPtr.Zero;
        try
        {
            a = Marshal.AllocHGlobal(n);
            b = Marshal.AllocHGlobal(n);
            return 0;
        }
        catch (OutOfMemoryException)
        {
            return -1;
        }
        finally
        {
            Marshal.FreeHGlobal(b);
            Marshal.FreeHGlobal(a);
        }
    }

    public static int TwoBad(int n) // bad: LIFE004
    {
        if (!TryTake(n, out var a))
        {
            return -1;
        }

        if (!TryTake(n, out var b))
        {
            return -1;
        }

        Marshal.FreeHGlobal(b);
        Marshal.FreeHGlobal(a);
        return 0;
    }

    public static int CaughtBad(int n) // bad: LIFE004
    {
        IntPtr a, b;
        try
        {
            a = Marshal.AllocHGlobal(n);
            b = Marshal.AllocHGlobal(n);
        }
        catch (OutOfMemoryException)
        {
            return -1;
        }

        Marshal.FreeHGlobal(b);
        Marshal.FreeHGlobal(a);
        return 0;
    }
}

internal static class Chosen
{
    public static void OtherGood(bool first)
    {
        var a = new Cell();
        var b = new Cell();
        var chosen = first ? a : b;
        chosen.Dispose();
        if (first)
        {
            b.Dispose();
        }
        else
        {
            a.Dispose();
        }
    }

    public static void ByReferenceGood(bool first)
    {
        var a = new Cell();
        var b = new Cell();
        var chosen = first ? a : b;
        chosen.Dispose();
        if (!ReferenceEquals(chosen, a))
        {
            a.Dispose();
        }

        if (!ReferenceEquals(chosen, b))
        {
            b.Dispose();
        }
    }

    public static int OtherIsLostBad(bool first) // bad: LIFE003|LIFE004
    {
        var a = new Cell();
        var b = new Cell();
        var chosen = first ? a : b;
        int value = chosen.Value;
        chosen.Dispose();
        return value;
    }
}
