// weakness: CWE-415
// variant: 52
// construct: argument through 2 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_52_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(nint data)
    {
        BadStep2.BadSink(data);
    }
}

internal static unsafe class BadStep2
{
    public static void BadSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(nint data)
    {
        GoodG2BStep2.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep2
{
    public static void GoodG2BSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(nint data)
    {
        GoodB2GStep2.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep2
{
    public static void GoodB2GSink(nint data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
