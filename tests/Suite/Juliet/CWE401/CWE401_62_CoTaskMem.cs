// weakness: CWE-401
// variant: 62
// construct: out parameter of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_62_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        BadMaker.Make(out nint data);
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        GoodG2BMaker.Make(out nint data);
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out nint data);
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class BadMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class GoodG2BMaker
{
    public static void Make(out nint data)
    {
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
