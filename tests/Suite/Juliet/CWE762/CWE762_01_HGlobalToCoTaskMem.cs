// weakness: CWE-762
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;

namespace Cases.CWE762_01_HGlobalToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
    }
}
