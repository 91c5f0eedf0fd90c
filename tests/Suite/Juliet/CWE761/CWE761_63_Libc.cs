// weakness: CWE-761
// variant: 63
// construct: variable passed by reference
using System;
using Suite.Support;

namespace Cases.CWE761_63_Libc;

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
        BadSinks.BadSink(ref data);
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
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref byte* reference)
    {
        byte* data = reference;
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

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref byte* reference)
    {
        byte* data = reference;
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
