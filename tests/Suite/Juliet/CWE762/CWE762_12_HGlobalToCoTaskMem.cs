// weakness: CWE-762
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_12_HGlobalToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        else
        {
            data = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Marshal.FreeCoTaskMem(data);
        }
        else
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Marshal.FreeHGlobal(data);
        }
        else
        {
            Marshal.FreeHGlobal(data);
        }
    }
}
