// weakness: CWE-762
// variant: 09
// construct: read-only field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_09_CoTaskMemToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Marshal.FreeCoTaskMem(data);
        }
    }
}
