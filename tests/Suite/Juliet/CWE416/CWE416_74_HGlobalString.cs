// weakness: CWE-416
// variant: 74
// construct: Dictionary
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_74_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
        var collection = new Dictionary<int, nint>();
        collection.Add(2, data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        var collection = new Dictionary<int, nint>();
        collection.Add(2, data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToHGlobalUni("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeHGlobal(data);
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
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Dictionary<int, nint> collection)
    {
        nint data = collection[2];
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Dictionary<int, nint> collection)
    {
        nint data = collection[2];
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
