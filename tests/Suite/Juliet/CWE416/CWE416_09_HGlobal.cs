// weakness: CWE-416
// variant: 09
// construct: read-only field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_09_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.ReadOnlyTrue)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.ReadOnlyTrue)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
