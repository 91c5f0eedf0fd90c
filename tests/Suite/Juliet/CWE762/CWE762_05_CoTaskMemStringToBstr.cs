// weakness: CWE-762
// variant: 05
// construct: private static bool
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_05_CoTaskMemStringToBstr;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (s_yes)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeCoTaskMem(data);
        }
    }
}
