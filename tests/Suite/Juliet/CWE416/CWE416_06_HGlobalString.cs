// weakness: CWE-416
// variant: 06
// construct: private const int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_06_HGlobalString;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
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
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Five == 5)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        if (Five != 5)
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
