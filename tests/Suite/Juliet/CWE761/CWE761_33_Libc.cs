// weakness: CWE-761
// variant: 33
// construct: ref local
using System;
using Suite.Support;

namespace Cases.CWE761_33_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        for (; *alias != 0; alias++)
        {
            if (*alias == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(alias);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        byte* cursor = alias;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(alias);
    }
}
