// weakness: CWE-401
// variant: 43
// construct: ref parameter that a callee fills
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_43_CoTaskMemString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        BadSource(ref data);
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    private static void BadSource(ref nint data)
    {
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void GoodG2B()
    {
        nint data = 0;
        GoodG2BSource(ref data);
        Io.PrintLine("nothing to do");
    }

    private static void GoodG2BSource(ref nint data)
    {
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void GoodB2G()
    {
        nint data = 0;
        GoodB2GSource(ref data);
        Marshal.FreeCoTaskMem(data);
    }

    private static void GoodB2GSource(ref nint data)
    {
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
