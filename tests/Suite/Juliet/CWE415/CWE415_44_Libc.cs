// weakness: CWE-415
// variant: 44
// construct: delegate
using System;
using Suite.Support;

namespace Cases.CWE415_44_Libc;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(byte* data)
    {
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
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(byte* data)
    {
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
        Libc.Free(data);
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(byte* data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
