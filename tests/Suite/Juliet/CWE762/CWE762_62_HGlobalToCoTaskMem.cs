// weakness: CWE-762
// variant: 62
// construct: out parameter of another class's function
using System.Runtime.InteropServices;

namespace Cases.CWE762_62_HGlobalToCoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        BadMaker.Make(out nint data);
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodG2B()
    {
        GoodG2BMaker.Make(out nint data);
        Marshal.FreeCoTaskMem(data);
    }

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out nint data);
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class BadMaker
{
    public static void Make(out nint data)
    {
        data = Marshal.AllocHGlobal(100);
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
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}
