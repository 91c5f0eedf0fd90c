// weakness: CWE-416
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_18_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        goto source;
        source:
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        goto sink;
        sink:
        Io.PrintByte(Marshal.ReadByte(data));
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
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        goto source;
        source:
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        goto sink;
        sink:
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
