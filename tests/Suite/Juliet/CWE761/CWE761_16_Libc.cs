// weakness: CWE-761
// variant: 16
// construct: while (true) with break
using System;
using Suite.Support;

namespace Cases.CWE761_16_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
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
            for (; *data != 0; data++)
            {
                if (*data == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
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
            break;
        }
        while (true)
        {
            byte* cursor = data;
            for (; *cursor != 0; cursor++)
            {
                if (*cursor == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            Libc.Free(data);
            break;
        }
    }
}
