// weakness: CWE-762
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;

namespace Cases.CWE762_33_HGlobalToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(alias);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(alias);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(alias);
    }
}
