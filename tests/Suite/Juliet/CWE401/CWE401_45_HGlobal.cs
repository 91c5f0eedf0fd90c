// weakness: CWE-401
// variant: 45
// construct: private static field
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_45_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        s_BadData = data;
        BadSink();
    }

    private static nint s_BadData = 0;

    private static void BadSink()
    {
        nint data = s_BadData;
        s_BadData = 0;
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        s_GoodG2BData = data;
        GoodG2BSink();
    }

    private static nint s_GoodG2BData = 0;

    private static void GoodG2BSink()
    {
        nint data = s_GoodG2BData;
        s_GoodG2BData = 0;
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        s_GoodB2GData = data;
        GoodB2GSink();
    }

    private static nint s_GoodB2GData = 0;

    private static void GoodB2GSink()
    {
        nint data = s_GoodB2GData;
        s_GoodB2GData = 0;
        Marshal.FreeHGlobal(data);
    }
}
