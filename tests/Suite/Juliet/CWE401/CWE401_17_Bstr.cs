// weakness: CWE-401
// variant: 17
// construct: for, once
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_17_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        for (int i = 0; i < 1; i++)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        for (int i = 0; i < 1; i++)
        {
            Marshal.FreeBSTR(data);
        }
    }
}
