// weakness: CWE-416
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_01_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
