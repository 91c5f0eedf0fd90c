// weakness: CWE-415
// variant: 41
// construct: argument
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE415_41_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Efree(data);
        BadSink(data);
    }

    private static void BadSink(nint data)
    {
        Heap.Efree(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BSink(data);
    }

    private static void GoodG2BSink(nint data)
    {
        Heap.Efree(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Efree(data);
        GoodB2GSink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
