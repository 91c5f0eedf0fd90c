// weakness: CWE-401
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_42_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = BadSource();
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    private static nint BadSource()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        return data;
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BSource();
        Io.PrintLine("nothing to do");
    }

    private static nint GoodG2BSource()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        return data;
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GSource();
        Marshal.FreeHGlobal(data);
    }

    private static nint GoodB2GSource()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        return data;
    }
}
