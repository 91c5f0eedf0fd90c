// weakness: CWE-416
// variant: 51
// construct: argument through 1 more classes
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_51_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Efree(data);
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Efree(data);
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
        Heap.Efree(data);
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(nint data)
    {
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
