// weakness: CWE-401
// variant: 54
// construct: argument through 4 more classes
using System;
using Suite.Support;

namespace Cases.CWE401_54_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
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
        Io.PrintByte(data[0]);
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
        BadStep4.BadSink(data);
    }
}

internal static unsafe class BadStep4
{
    public static void BadSink(byte* data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
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
        GoodG2BStep4.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep4
{
    public static void GoodG2BSink(byte* data)
    {
        Io.PrintLine("nothing to do");
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
        GoodB2GStep4.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep4
{
    public static void GoodB2GSink(byte* data)
    {
        Libc.Free(data);
    }
}
