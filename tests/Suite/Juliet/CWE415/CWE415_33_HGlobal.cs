// weakness: CWE-415
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_33_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        Marshal.FreeHGlobal(alias);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(alias);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        // released already
        Io.PrintLine("nothing to do");
    }
}
