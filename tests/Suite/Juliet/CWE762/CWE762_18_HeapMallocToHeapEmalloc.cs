// weakness: CWE-762
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_18_HeapMallocToHeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        goto source;
        source:
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Heap.Efree(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        goto source;
        source:
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Heap.Efree(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        goto source;
        source:
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Heap.Free(data);
    }
}
