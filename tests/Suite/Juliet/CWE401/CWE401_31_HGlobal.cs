// weakness: CWE-401
// variant: 31
// construct: copies
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_31_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        nint copy = data;
        nint last = copy;
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        nint copy = data;
        nint last = copy;
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        nint copy = data;
        nint last = copy;
        Marshal.FreeHGlobal(last);
    }
}
