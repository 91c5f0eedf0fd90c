// weakness: CWE-590
// variant: 63
// construct: variable passed by reference
using System;
using Suite.Support;

namespace Cases.CWE590_63_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref byte* reference)
    {
        byte* data = reference;
        Libc.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref byte* reference)
    {
        byte* data = reference;
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref byte* reference)
    {
        byte* data = reference;
        Io.PrintByte(data[0]);
    }
}
