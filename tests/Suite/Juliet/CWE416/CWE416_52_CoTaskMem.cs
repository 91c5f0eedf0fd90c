// weakness: CWE-416
// variant: 52
// construct: argument through 2 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_52_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
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
        Io.PrintByte(Marshal.ReadByte(data));
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
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeCoTaskMem(data);
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
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
