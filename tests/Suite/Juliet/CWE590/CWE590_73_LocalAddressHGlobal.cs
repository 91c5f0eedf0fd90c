// weakness: CWE-590
// variant: 73
// construct: LinkedList
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_73_LocalAddressHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new LinkedList<nint>();
        collection.AddLast(data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new LinkedList<nint>();
        collection.AddLast(data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        long local = 0;
        data = (nint)(&local);
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
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(LinkedList<nint> collection)
    {
        nint data = collection.Last!.Value;
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(LinkedList<nint> collection)
    {
        nint data = collection.Last!.Value;
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
