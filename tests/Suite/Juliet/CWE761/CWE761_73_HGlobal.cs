// weakness: CWE-761
// variant: 73
// construct: LinkedList
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_73_HGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new LinkedList<nint>();
        collection.AddLast(data);
        BadSinks.BadSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new LinkedList<nint>();
        collection.AddLast(data);
        GoodB2GSinks.GoodB2GSink(collection);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(LinkedList<nint> collection)
    {
        nint data = collection.Last!.Value;
        for (; Marshal.ReadByte(data) != 0; data += 1)
        {
            if (Marshal.ReadByte(data) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(LinkedList<nint> collection)
    {
        nint data = collection.Last!.Value;
        nint cursor = data;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeHGlobal(data);
    }
}
