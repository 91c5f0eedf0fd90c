// weakness: CWE-762
// variant: 62
// construct: out parameter of another class's function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_62_HeapMallocToHeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        BadMaker.Make(out nint data);
        Heap.Efree(data);
    }

    public static void GoodG2B()
    {
        GoodG2BMaker.Make(out nint data);
        Heap.Efree(data);
    }

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out nint data);
        Heap.Free(data);
    }
}

internal static unsafe class BadMaker
{
    public static void Make(out nint data)
    {
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}

internal static unsafe class GoodG2BMaker
{
    public static void Make(out nint data)
    {
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out nint data)
    {
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
    }
}
