// weakness: CWE-761
// variant: 72
// construct: List
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_72_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        var collection = new List<nint>();
        collection.Add((nint)data);
        BadSinks.BadSink(collection);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
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
        for (; *data != 0; data++)
        {
            if (*data == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(List<nint> collection)
    {
        byte* data = (byte*)collection[0];
        byte* cursor = data;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(data);
    }
}
