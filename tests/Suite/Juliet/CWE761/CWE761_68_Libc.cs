// weakness: CWE-761
// variant: 68
// construct: static field of another class
using System;
using Suite.Support;

namespace Cases.CWE761_68_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        BadPlace.Data = data;
        BadPlace.BadSink();
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
        for (; *data != 0; data++)
        {
            if (*data == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
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
        byte* cursor = data;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(data);
    }
}
