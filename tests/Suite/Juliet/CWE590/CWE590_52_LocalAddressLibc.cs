// weakness: CWE-590
// variant: 52
// construct: argument through 2 more classes
using System;
using Suite.Support;

namespace Cases.CWE590_52_LocalAddressLibc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        BadStep1.BadSink(data);
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
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(byte* data)
    {
        BadStep2.BadSink(data);
    }
}

internal static unsafe class BadStep2
{
    public static void BadSink(byte* data)
    {
        Libc.Free(data);
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(byte* data)
    {
        GoodG2BStep2.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep2
{
    public static void GoodG2BSink(byte* data)
    {
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(byte* data)
    {
        GoodB2GStep2.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep2
{
    public static void GoodB2GSink(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}
