// weakness: CWE-401
// variant: 17
// construct: for, once
using System;
using Suite.Support;

namespace Cases.CWE401_17_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        for (int i = 0; i < 1; i++)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        for (int i = 0; i < 1; i++)
        {
            Libc.Free(data);
        }
    }
}
