// weakness: CWE-762
// variant: 72
// construct: List
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.CWE762_72_CoTaskMemToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new List<nint>();
        collection.Add(data);
        BadSinks.BadSink(collection);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        var collection = new List<nint>();
        collection.Add(data);
        GoodG2BSinks.GoodG2BSink(collection);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
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
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(List<nint> collection)
    {
        nint data = collection[0];
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(List<nint> collection)
    {
        nint data = collection[0];
        Marshal.FreeCoTaskMem(data);
    }
}
