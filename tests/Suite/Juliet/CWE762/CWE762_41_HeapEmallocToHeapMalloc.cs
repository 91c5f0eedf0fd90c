// weakness: CWE-762
// variant: 41
// construct: argument
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_41_HeapEmallocToHeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        BadSink(data);
    }

    private static void BadSink(nint data)
    {
        Heap.Free(data);
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
        Heap.Free(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GSink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        Heap.Efree(data);
    }
}
