// weakness: CWE-416
// variant: 68
// construct: static field of another class
using System;
using Suite.Support;

namespace Cases.CWE416_68_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        BadPlace.Data = data;
        Libc.Free(data);
        BadPlace.BadSink();
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        GoodG2BPlace.Data = data;
        GoodG2BPlace.GoodG2BSink();
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        GoodB2GPlace.Data = data;
        Libc.Free(data);
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static byte* Data = null;

    public static void BadSink()
    {
        byte* data = Data;
        Data = null;
        Io.PrintByte(data[0]);
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static byte* Data = null;

    public static void GoodG2BSink()
    {
        byte* data = Data;
        Data = null;
        Io.PrintByte(data[0]);
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static byte* Data = null;

    public static void GoodB2GSink()
    {
        byte* data = Data;
        Data = null;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
