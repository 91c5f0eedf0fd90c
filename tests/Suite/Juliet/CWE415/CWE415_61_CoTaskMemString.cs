// weakness: CWE-415
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_61_CoTaskMemString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = BadMaker.Make();
        Marshal.FreeCoTaskMem(data);
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BMaker.Make();
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GMaker.Make();
        Marshal.FreeCoTaskMem(data);
        // released already
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class BadMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
