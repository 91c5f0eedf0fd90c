// weakness: CWE-415
// variant: 72
// construct: List
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_72_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
        var collection = new List<nint>();
        collection.Add((nint)data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        var collection = new List<nint>();
        collection.Add((nint)data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
        var collection = new List<nint>();
        collection.Add((nint)data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(List<nint> collection)
    {
        byte* data = (byte*)collection[0];
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(List<nint> collection)
    {
        byte* data = (byte*)collection[0];
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(List<nint> collection)
    {
        byte* data = (byte*)collection[0];
        // released already
        Io.PrintLine("nothing to do");
    }
}
