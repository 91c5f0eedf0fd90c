// weakness: CWE-415
// variant: 17
// construct: for, once
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_17_CoTaskMemString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        for (int i = 0; i < 1; i++)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        for (int i = 0; i < 1; i++)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
