// weakness: CWE-762
// variant: 11
// construct: method of another class that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_11_CoTaskMemStringToBstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
        {
            Marshal.FreeBSTR(data);
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
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeCoTaskMem(data);
        }
    }
}
