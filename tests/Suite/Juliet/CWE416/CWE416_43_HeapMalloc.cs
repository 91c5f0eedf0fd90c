// weakness: CWE-416
// variant: 43
// construct: ref parameter that a callee fills
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_43_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        BadSource(ref data);
        Heap.Free(data);
        Io.PrintByte(Marshal.ReadByte(data));
    }

    private static void BadSource(ref nint data)
    {
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodG2B()
    {
        nint data = 0;
        GoodG2BSource(ref data);
        Io.PrintByte(Marshal.ReadByte(data));
        Heap.Free(data);
    }

    private static void GoodG2BSource(ref nint data)
    {
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
    }

    public static void GoodB2G()
    {
        nint data = 0;
        GoodB2GSource(ref data);
        Heap.Free(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }

    private static void GoodB2GSource(ref nint data)
    {
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}
