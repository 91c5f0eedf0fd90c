// weakness: CWE-762
// variant: 18
// construct: goto
using System.Runtime.InteropServices;

namespace Cases.CWE762_18_HGlobalToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        goto source;
        source:
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        goto source;
        source:
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        goto source;
        source:
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Marshal.FreeHGlobal(data);
    }
}
