// weakness: CWE-415
// variant: 31
// construct: copies
using System;
using Suite.Support;

namespace Cases.CWE415_31_Libc;

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
        Libc.Free(data);
        byte* copy = data;
        byte* last = copy;
        Libc.Free(last);
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
        byte* copy = data;
        byte* last = copy;
        Libc.Free(last);
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
        byte* copy = data;
        byte* last = copy;
        // released already
        Io.PrintLine("nothing to do");
    }
}
