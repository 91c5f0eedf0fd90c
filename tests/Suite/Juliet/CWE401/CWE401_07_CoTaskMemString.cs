// weakness: CWE-401
// variant: 07
// construct: private static int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_07_CoTaskMemString;

internal static unsafe class Case
{
    private static int s_five = 5;

    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (s_five == 5)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (s_five == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (s_five == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (s_five == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeCoTaskMem(data);
        }
    }
}
