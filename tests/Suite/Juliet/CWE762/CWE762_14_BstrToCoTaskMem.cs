// weakness: CWE-762
// variant: 14
// construct: static number of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_14_BstrToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Marshal.FreeBSTR(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeBSTR(data);
        }
    }
}
