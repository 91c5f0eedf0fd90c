// weakness: CWE-415
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE415_42_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = BadSource();
        Heap.Efree(data);
        Heap.Efree(data);
    }

    private static nint BadSource()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BSource();
        Heap.Efree(data);
    }

    private static nint GoodG2BSource()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GSource();
        Heap.Efree(data);
        // released already
        Io.PrintLine("nothing to do");
    }

    private static nint GoodB2GSource()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
