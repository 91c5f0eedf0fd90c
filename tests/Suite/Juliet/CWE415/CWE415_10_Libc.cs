// weakness: CWE-415
// variant: 10
// construct: static field of another class
using System;
using Suite.Support;

namespace Cases.CWE415_10_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Globals.True)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            Libc.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Globals.True)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
