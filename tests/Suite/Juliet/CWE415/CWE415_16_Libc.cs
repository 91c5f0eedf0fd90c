// weakness: CWE-415
// variant: 16
// construct: while (true) with break
using System;
using Suite.Support;

namespace Cases.CWE415_16_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        while (true)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
            break;
        }
        while (true)
        {
            Libc.Free(data);
            break;
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        while (true)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            break;
        }
        while (true)
        {
            Libc.Free(data);
            break;
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        while (true)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
            break;
        }
        while (true)
        {
            // released already
            Io.PrintLine("nothing to do");
            break;
        }
    }
}
