// weakness: CWE-762
// variant: 10
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_10_HGlobalStringToBstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Globals.True)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.True)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.True)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.True)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.True)
        {
            data = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }
}
