// weakness: CWE-590
// variant: 02
// construct: if (true)
using System;
using Suite.Support;

namespace Cases.CWE590_02_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (true)
        {
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
        }
        if (true)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (true)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (true)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (false)
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
        if (true)
        {
            Libc.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (true)
        {
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
        }
        if (true)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (true)
        {
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
        }
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
