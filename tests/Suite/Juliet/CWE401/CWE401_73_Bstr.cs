// weakness: CWE-401
// variant: 73
// construct: LinkedList
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_73_Bstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        var collection = new LinkedList<nint>();
        collection.AddLast(data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        var collection = new LinkedList<nint>();
        collection.AddLast(data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
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
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(LinkedList<nint> collection)
    {
        nint data = collection.Last!.Value;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(LinkedList<nint> collection)
    {
        nint data = collection.Last!.Value;
        Marshal.FreeBSTR(data);
    }
}
