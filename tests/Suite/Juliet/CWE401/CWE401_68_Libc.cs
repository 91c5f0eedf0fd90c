// weakness: CWE-401
// variant: 68
// construct: static field of another class
using System;
using Suite.Support;

namespace Cases.CWE401_68_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        BadPlace.Data = data;
        BadPlace.BadSink();
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
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
        Io.PrintByte(data[0]);
        GoodB2GPlace.Data = data;
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
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static byte* Data = null;

    public static void GoodG2BSink()
    {
        byte* data = Data;
        Data = null;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static byte* Data = null;

    public static void GoodB2GSink()
    {
        byte* data = Data;
        Data = null;
        Libc.Free(data);
    }
}
