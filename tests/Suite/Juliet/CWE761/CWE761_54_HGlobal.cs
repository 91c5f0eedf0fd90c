// weakness: CWE-761
// variant: 54
// construct: argument through 4 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_54_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        BadStep1.BadSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
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
        BadStep3.BadSink(data);
    }
}

internal static unsafe class BadStep3
{
    public static void BadSink(nint data)
    {
        BadStep4.BadSink(data);
    }
}

internal static unsafe class BadStep4
{
    public static void BadSink(nint data)
    {
        for (; Marshal.ReadByte(data) != 0; data += 1)
        {
            if (Marshal.ReadByte(data) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
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
        GoodB2GStep3.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep3
{
    public static void GoodB2GSink(nint data)
    {
        GoodB2GStep4.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep4
{
    public static void GoodB2GSink(nint data)
    {
        nint cursor = data;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeHGlobal(data);
    }
}
