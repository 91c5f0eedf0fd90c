// weakness: CWE-590
// variant: 08
// construct: private method that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_08_LocalAddressHGlobal;

internal static unsafe class Case
{
    private static bool Yes() => true;

    private static bool No()
    {
        return false;
    }

    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (Yes())
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Yes())
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Yes())
        {
            long local = 0;
            data = (nint)(&local);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
