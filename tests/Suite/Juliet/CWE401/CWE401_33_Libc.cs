// weakness: CWE-401
// variant: 33
// construct: ref local
using System;
using Suite.Support;

namespace Cases.CWE401_33_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        Io.PrintLine("nothing to do");
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
        Io.PrintByte(data[0]);
        Libc.Free(alias);
    }
}
