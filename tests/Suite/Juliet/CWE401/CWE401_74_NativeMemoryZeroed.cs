// weakness: CWE-401
// variant: 74
// construct: Dictionary
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_74_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        var collection = new Dictionary<int, nint>();
        collection.Add(2, (nint)data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        var collection = new Dictionary<int, nint>();
        collection.Add(2, (nint)data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
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
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Dictionary<int, nint> collection)
    {
        byte* data = (byte*)collection[2];
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Dictionary<int, nint> collection)
    {
        byte* data = (byte*)collection[2];
        NativeMemory.Free(data);
    }
}
