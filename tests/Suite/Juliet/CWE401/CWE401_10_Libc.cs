// weakness: CWE-401
// variant: 10
// construct: static field of another class
using System;
using Suite.Support;

namespace Cases.CWE401_10_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
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
            Io.PrintByte(data[0]);
        }
        if (Globals.True)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (Globals.True)
        {
            Io.PrintLine("nothing to do");
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
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (Globals.True)
        {
            Io.PrintLine("nothing to do");
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
            Io.PrintByte(data[0]);
        }
        if (Globals.True)
        {
            Libc.Free(data);
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
            Io.PrintByte(data[0]);
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Libc.Free(data);
        }
    }
}
