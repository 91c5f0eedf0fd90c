// weakness: CWE-762
// variant: 08
// construct: private method that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_08_BstrToCoTaskMem;

internal static unsafe class Case
{
    private static bool Yes() => true;

    private static bool No()
    {
        return false;
    }

    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes())
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Yes())
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeBSTR(data);
        }
    }
}
