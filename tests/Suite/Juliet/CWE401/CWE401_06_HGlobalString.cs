// weakness: CWE-401
// variant: 06
// construct: private const int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_06_HGlobalString;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Five == 5)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Five == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Five == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Five == 5)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }
}
