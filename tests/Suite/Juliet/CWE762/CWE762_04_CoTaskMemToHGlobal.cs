// weakness: CWE-762
// variant: 04
// construct: private const bool
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_04_CoTaskMemToHGlobal;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Marshal.FreeHGlobal(data);
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
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Yes)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeCoTaskMem(data);
        }
    }
}
