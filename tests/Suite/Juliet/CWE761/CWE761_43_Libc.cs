// weakness: CWE-761
// variant: 43
// construct: ref parameter that a callee fills
using System;
using Suite.Support;

namespace Cases.CWE761_43_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        BadSource(ref data);
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

    private static void BadSource(ref byte* data)
    {
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
    }

    public static void GoodB2G()
    {
        byte* data = null;
        GoodB2GSource(ref data);
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

    private static void GoodB2GSource(ref byte* data)
    {
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
    }
}
