// weakness: CWE-416
// variant: 72
// construct: List
using System.Collections.Generic;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_72_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
        var collection = new List<nint>();
        collection.Add(data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new List<nint>();
        collection.Add(data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
        var collection = new List<nint>();
        collection.Add(data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(List<nint> collection)
    {
        nint data = collection[0];
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(List<nint> collection)
    {
        nint data = collection[0];
        Io.PrintByte(Marshal.ReadByte(data));
        Heap.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(List<nint> collection)
    {
        nint data = collection[0];
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
