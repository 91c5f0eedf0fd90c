// weakness: CWE-416
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_33_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        Io.PrintByte(Marshal.ReadByte(alias));
    }

    public static void GoodG2B()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(alias));
        Marshal.FreeCoTaskMem(alias);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
