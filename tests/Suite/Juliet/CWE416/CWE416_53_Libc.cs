// weakness: CWE-416
// variant: 53
// construct: argument through 3 more classes
using System;
using Suite.Support;

namespace Cases.CWE416_53_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
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
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
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
        BadStep3.BadSink(data);
    }
}

internal static unsafe class BadStep3
{
    public static void BadSink(byte* data)
    {
        Io.PrintByte(data[0]);
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
        GoodG2BStep3.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep3
{
    public static void GoodG2BSink(byte* data)
    {
        Io.PrintByte(data[0]);
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
        GoodB2GStep3.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep3
{
    public static void GoodB2GSink(byte* data)
    {
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
