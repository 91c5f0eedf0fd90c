// weakness: CWE-416
// variant: 11
// construct: method of another class that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_11_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.ReturnsFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.ReturnsTrue())
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Globals.ReturnsFalse())
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
