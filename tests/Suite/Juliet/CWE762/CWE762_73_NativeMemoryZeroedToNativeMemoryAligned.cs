// weakness: CWE-762
// variant: 73
// construct: LinkedList
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.CWE762_73_NativeMemoryZeroedToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        var collection = new LinkedList<nint>();
        collection.AddLast((nint)data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        var collection = new LinkedList<nint>();
        collection.AddLast((nint)data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
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
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(LinkedList<nint> collection)
    {
        byte* data = (byte*)collection.Last!.Value;
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(LinkedList<nint> collection)
    {
        byte* data = (byte*)collection.Last!.Value;
        NativeMemory.Free(data);
    }
}
