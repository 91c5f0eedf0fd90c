// weakness: CWE-401
// variant: 11
// construct: method of another class that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_11_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsTrue())
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintLine("nothing to do");
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
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsTrue())
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Globals.ReturnsFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeBSTR(data);
        }
    }
}
