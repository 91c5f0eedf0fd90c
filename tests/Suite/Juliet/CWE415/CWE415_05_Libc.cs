// weakness: CWE-415
// variant: 05
// construct: private static bool
using System;
using Suite.Support;

namespace Cases.CWE415_05_Libc;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (s_yes)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (s_yes)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (s_no)
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
        if (s_yes)
        {
            Libc.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (s_yes)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (s_no)
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
