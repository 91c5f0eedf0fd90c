// weakness: CWE-415
// variant: 73
// construct: LinkedList
using System;
using System.Collections.Generic;
using Suite.Support;

namespace Cases.CWE415_73_Libc;

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
        var collection = new LinkedList<nint>();
        collection.AddLast((nint)data);
        BadSinks.BadSink(collection);
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
        var collection = new LinkedList<nint>();
        collection.AddLast((nint)data);
        GoodG2BSinks.GoodG2BSink(collection);
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
        var collection = new LinkedList<nint>();
        collection.AddLast((nint)data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(LinkedList<nint> collection)
    {
        byte* data = (byte*)collection.Last!.Value;
        Libc.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(LinkedList<nint> collection)
    {
        byte* data = (byte*)collection.Last!.Value;
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(LinkedList<nint> collection)
    {
        byte* data = (byte*)collection.Last!.Value;
        // released already
        Io.PrintLine("nothing to do");
    }
}
