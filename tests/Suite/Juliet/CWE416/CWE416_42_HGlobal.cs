// weakness: CWE-416
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_42_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = BadSource();
        Marshal.FreeHGlobal(data);
        Io.PrintByte(Marshal.ReadByte(data));
    }

    private static nint BadSource()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BSource();
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }

    private static nint GoodG2BSource()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GSource();
        Marshal.FreeHGlobal(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }

    private static nint GoodB2GSource()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
