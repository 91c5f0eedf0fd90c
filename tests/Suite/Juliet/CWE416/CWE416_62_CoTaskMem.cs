// weakness: CWE-416
// variant: 62
// construct: out parameter of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_62_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        BadMaker.Make(out nint data);
        Marshal.FreeCoTaskMem(data);
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void GoodG2B()
    {
        GoodG2BMaker.Make(out nint data);
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out nint data);
        Marshal.FreeCoTaskMem(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class BadMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}

internal static unsafe class GoodG2BMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}
