// weakness: CWE-415
// variant: 74
// construct: Dictionary
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_74_CoTaskMemString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        var collection = new Dictionary<int, nint>();
        collection.Add(2, data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        var collection = new Dictionary<int, nint>();
        collection.Add(2, data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
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
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Dictionary<int, nint> collection)
    {
        nint data = collection[2];
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Dictionary<int, nint> collection)
    {
        nint data = collection[2];
        // released already
        Io.PrintLine("nothing to do");
    }
}
