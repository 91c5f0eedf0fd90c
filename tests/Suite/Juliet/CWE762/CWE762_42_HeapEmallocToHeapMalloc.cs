// weakness: CWE-762
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_42_HeapEmallocToHeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = BadSource();
        Heap.Free(data);
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
        Heap.Free(data);
    }

    private static nint GoodG2BSource()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GSource();
        Heap.Efree(data);
    }

    private static nint GoodB2GSource()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
