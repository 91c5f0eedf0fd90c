// weakness: CWE-415
// variant: 10
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_10_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        if (Globals.True)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeBSTR(data);
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
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeBSTR(data);
        }
        if (Globals.True)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.True)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeBSTR(data);
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
