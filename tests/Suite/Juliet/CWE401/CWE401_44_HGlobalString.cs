// weakness: CWE-401
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_44_HGlobalString;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(nint data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(nint data)
    {
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}
