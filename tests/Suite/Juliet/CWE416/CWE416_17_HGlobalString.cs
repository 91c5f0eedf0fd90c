// weakness: CWE-416
// variant: 17
// construct: for, once
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_17_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeHGlobal(data);
        }
        for (int i = 0; i < 1; i++)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
