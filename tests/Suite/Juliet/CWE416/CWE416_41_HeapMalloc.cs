// weakness: CWE-416
// variant: 41
// construct: argument
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_41_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
        BadSink(data);
    }

    private static void BadSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BSink(data);
    }

    private static void GoodG2BSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
        Heap.Free(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
        GoodB2GSink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
