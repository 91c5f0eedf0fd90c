// weakness: CWE-401
// variant: 08
// construct: private method that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_08_HGlobal;

internal static unsafe class Case
{
    private static bool Yes() => true;

    private static bool No()
    {
        return false;
    }

    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Yes())
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Yes())
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Yes())
        {
            Io.PrintLine("nothing to do");
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
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Yes())
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Yes())
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }
}
