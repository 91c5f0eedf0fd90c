// weakness: CWE-762
// variant: 74
// construct: Dictionary
using System.Collections.Generic;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_74_HeapMallocToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new Dictionary<int, nint>();
        collection.Add(2, data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new Dictionary<int, nint>();
        collection.Add(2, data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new Dictionary<int, nint>();
        collection.Add(2, data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(Dictionary<int, nint> collection)
    {
        nint data = collection[2];
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Dictionary<int, nint> collection)
    {
        nint data = collection[2];
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Dictionary<int, nint> collection)
    {
        nint data = collection[2];
        Heap.Free(data);
    }
}
