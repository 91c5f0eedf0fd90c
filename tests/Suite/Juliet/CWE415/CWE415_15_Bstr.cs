// weakness: CWE-415
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_15_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Marshal.StringToBSTR("Search");
                Marshal.WriteByte(data, (byte)'A');
                Marshal.FreeBSTR(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Marshal.FreeBSTR(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Marshal.StringToBSTR("Search");
                Marshal.WriteByte(data, (byte)'A');
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Marshal.FreeBSTR(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                data = Marshal.StringToBSTR("Search");
                Marshal.WriteByte(data, (byte)'A');
                break;
        }
        switch (6)
        {
            case 6:
                Marshal.FreeBSTR(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Marshal.StringToBSTR("Search");
                Marshal.WriteByte(data, (byte)'A');
                Marshal.FreeBSTR(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                // released already
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Marshal.StringToBSTR("Search");
                Marshal.WriteByte(data, (byte)'A');
                Marshal.FreeBSTR(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                // released already
                Io.PrintLine("nothing to do");
                break;
        }
    }
}
