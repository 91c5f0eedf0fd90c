// weakness: CWE-415
// variant: 68
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_68_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        BadPlace.Data = data;
        Marshal.FreeCoTaskMem(data);
        BadPlace.BadSink();
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BPlace.Data = data;
        GoodG2BPlace.GoodG2BSink();
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GPlace.Data = data;
        Marshal.FreeCoTaskMem(data);
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static nint Data = 0;

    public static void BadSink()
    {
        nint data = Data;
        Data = 0;
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static nint Data = 0;

    public static void GoodG2BSink()
    {
        nint data = Data;
        Data = 0;
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static nint Data = 0;

    public static void GoodB2GSink()
    {
        nint data = Data;
        Data = 0;
        // released already
        Io.PrintLine("nothing to do");
    }
}
