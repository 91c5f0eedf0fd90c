// weakness: CWE-416
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_61_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = BadMaker.Make();
        Marshal.FreeHGlobal(data);
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BMaker.Make();
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GMaker.Make();
        Marshal.FreeHGlobal(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class BadMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
