// weakness: CWE-761
// variant: 51
// construct: argument through 1 more classes
using System;
using Suite.Support;

namespace Cases.CWE761_51_Libc;

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
        BadStep1.BadSink(data);
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
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(byte* data)
    {
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

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(byte* data)
    {
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
