// weakness: CWE-415
// variant: 04
// construct: private const bool
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_04_Bstr;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeBSTR(data);
        }
        if (Yes)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeBSTR(data);
        }
        if (Yes)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeBSTR(data);
        }
        if (No)
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
