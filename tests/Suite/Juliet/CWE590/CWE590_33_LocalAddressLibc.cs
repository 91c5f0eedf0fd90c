// weakness: CWE-590
// variant: 33
// construct: ref local
using System;
using Suite.Support;

namespace Cases.CWE590_33_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        ref byte* alias = ref data;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        Libc.Free(alias);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(alias);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        ref byte* alias = ref data;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        Io.PrintByte(alias[0]);
    }
}
