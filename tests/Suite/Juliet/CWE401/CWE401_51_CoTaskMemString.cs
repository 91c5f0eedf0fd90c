// weakness: CWE-401
// variant: 51
// construct: argument through 1 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_51_CoTaskMemString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(nint data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(nint data)
    {
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }
}
