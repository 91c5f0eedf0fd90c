// weakness: CWE-590
// variant: 22
// construct: static flag of another class that a callee tests
using System;
using Suite.Support;

namespace Cases.CWE590_22_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        BadFlags.Set = true;
        BadFlags.BadSink(data);
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
        GoodG2BFlags.Set = true;
        GoodG2BFlags.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        GoodB2GFlags.Set = true;
        GoodB2GFlags.GoodB2GSink(data);
    }
}

internal static unsafe class BadFlags
{
    internal static bool Set;

    public static void BadSink(byte* data)
    {
        if (Set)
        {
            Libc.Free(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}

internal static unsafe class GoodG2BFlags
{
    internal static bool Set;

    public static void GoodG2BSink(byte* data)
    {
        if (Set)
        {
            Libc.Free(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}

internal static unsafe class GoodB2GFlags
{
    internal static bool Set;

    public static void GoodB2GSink(byte* data)
    {
        if (Set)
        {
            Io.PrintByte(data[0]);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
