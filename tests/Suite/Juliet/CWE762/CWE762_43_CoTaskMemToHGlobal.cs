// weakness: CWE-762
// variant: 43
// construct: ref parameter that a callee fills
using System.Runtime.InteropServices;

namespace Cases.CWE762_43_CoTaskMemToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        BadSource(ref data);
        Marshal.FreeHGlobal(data);
    }

    private static void BadSource(ref nint data)
    {
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodG2B()
    {
        nint data = 0;
        GoodG2BSource(ref data);
        Marshal.FreeHGlobal(data);
    }

    private static void GoodG2BSource(ref nint data)
    {
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodB2G()
    {
        nint data = 0;
        GoodB2GSource(ref data);
        Marshal.FreeCoTaskMem(data);
    }

    private static void GoodB2GSource(ref nint data)
    {
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}
