// weakness: CWE-416
// variant: 08
// construct: private method that returns a constant
using System;
using Suite.Support;

namespace Cases.CWE416_08_Libc;

internal static unsafe class Case
{
    private static bool Yes() => true;

    private static bool No()
    {
        return false;
    }

    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Yes())
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (Yes())
        {
            Io.PrintByte(data[0]);
            Libc.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (No())
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
        if (Yes())
        {
            Io.PrintByte(data[0]);
            Libc.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Yes())
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
