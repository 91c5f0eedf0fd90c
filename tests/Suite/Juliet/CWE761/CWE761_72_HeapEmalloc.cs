// weakness: CWE-761
// variant: 72
// construct: List
using System.Collections.Generic;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_72_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new List<nint>();
        collection.Add(data);
        BadSinks.BadSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
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
        for (; Marshal.ReadByte(data) != 0; data += 1)
        {
            if (Marshal.ReadByte(data) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Heap.Efree(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(List<nint> collection)
    {
        nint data = collection[0];
        nint cursor = data;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Heap.Efree(data);
    }
}
