// weakness: CWE-416
// variant: 63
// construct: variable passed by reference
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_63_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref nint reference)
    {
        nint data = reference;
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref nint reference)
    {
        nint data = reference;
        Io.PrintByte(Marshal.ReadByte(data));
        Heap.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref nint reference)
    {
        nint data = reference;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
