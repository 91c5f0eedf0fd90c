// weakness: CWE-415
// variant: 45
// construct: private static field
using System;
using Suite.Support;

namespace Cases.CWE415_45_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        s_BadData = data;
        Libc.Free(data);
        BadSink();
    }

    private static byte* s_BadData = null;

    private static void BadSink()
    {
        byte* data = s_BadData;
        s_BadData = null;
        Libc.Free(data);
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
        s_GoodG2BData = data;
        GoodG2BSink();
    }

    private static byte* s_GoodG2BData = null;

    private static void GoodG2BSink()
    {
        byte* data = s_GoodG2BData;
        s_GoodG2BData = null;
        Libc.Free(data);
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
        s_GoodB2GData = data;
        Libc.Free(data);
        GoodB2GSink();
    }

    private static byte* s_GoodB2GData = null;

    private static void GoodB2GSink()
    {
        byte* data = s_GoodB2GData;
        s_GoodB2GData = null;
        // released already
        Io.PrintLine("nothing to do");
    }
}
