// weakness: CWE-590
// variant: 06
// construct: private const int
using System;
using Suite.Support;

namespace Cases.CWE590_06_LocalAddressLibc;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (Five == 5)
        {
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            Libc.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Five != 5)
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
        if (Five == 5)
        {
            Libc.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Five == 5)
        {
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Five == 5)
        {
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
        }
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
