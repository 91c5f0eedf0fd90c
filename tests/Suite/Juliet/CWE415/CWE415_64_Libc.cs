// weakness: CWE-415
// variant: 64
// construct: untyped pointer or object
using System;
using Suite.Support;

namespace Cases.CWE415_64_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
        void* untyped = &data;
        BadSinks.BadSink(untyped);
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
        void* untyped = &data;
        GoodG2BSinks.GoodG2BSink(untyped);
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
        void* untyped = &data;
        GoodB2GSinks.GoodB2GSink(untyped);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        Libc.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        // released already
        Io.PrintLine("nothing to do");
    }
}
