// weakness: CWE-761
// variant: 74
// construct: Dictionary
using System;
using System.Collections.Generic;
using Suite.Support;

namespace Cases.CWE761_74_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        var collection = new Dictionary<int, nint>();
        collection.Add(2, (nint)data);
        BadSinks.BadSink(collection);
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
        var collection = new Dictionary<int, nint>();
        collection.Add(2, (nint)data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(Dictionary<int, nint> collection)
    {
        byte* data = (byte*)collection[2];
        for (; *data != 0; data++)
        {
            if (*data == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Dictionary<int, nint> collection)
    {
        byte* data = (byte*)collection[2];
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
    }
}
