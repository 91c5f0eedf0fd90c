// weakness: CWE-416
// variant: 13
// construct: constant of another class
using System;
using Suite.Support;

namespace Cases.CWE416_13_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Globals.ConstFive == 5)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive == 5)
        {
            Io.PrintByte(data[0]);
            Libc.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Globals.ConstFive != 5)
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
        if (Globals.ConstFive == 5)
        {
            Io.PrintByte(data[0]);
            Libc.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Globals.ConstFive == 5)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Libc.Free(data);
        }
        if (Globals.ConstFive != 5)
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
