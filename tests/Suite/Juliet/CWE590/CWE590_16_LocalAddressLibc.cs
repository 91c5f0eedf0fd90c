// weakness: CWE-590
// variant: 16
// construct: while (true) with break
using System;
using Suite.Support;

namespace Cases.CWE590_16_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        while (true)
        {
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
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
            int local = 5;
            data = (byte*)&local;
            data[0] = (byte)'A';
            break;
        }
        while (true)
        {
            Io.PrintByte(data[0]);
            break;
        }
    }
}
