// weakness: CWE-415
// variant: 13
// construct: constant of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_13_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        if (Globals.ConstFive == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (Globals.ConstFive == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ConstFive == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ConstFive == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.ConstFive != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ConstFive == 5)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ConstFive == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (Globals.ConstFive == 5)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ConstFive == 5)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
            Marshal.FreeCoTaskMem(data);
        }
        if (Globals.ConstFive != 5)
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
