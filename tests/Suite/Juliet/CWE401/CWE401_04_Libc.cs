// weakness: CWE-401
// variant: 04
// construct: private const bool
using System;
using Suite.Support;

namespace Cases.CWE401_04_Libc;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE003|LIFE004
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Yes)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Yes)
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (Yes)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (Yes)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Yes)
        {
            Libc.Free(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Libc.Free(data);
        }
    }
}
