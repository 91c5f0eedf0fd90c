// weakness: CWE-762
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_61_HeapMallocToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = BadMaker.Make();
        Marshal.FreeHGlobal(data);
    }

    public static void GoodG2B()
    {
        nint data = GoodG2BMaker.Make();
        Marshal.FreeHGlobal(data);
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GMaker.Make();
        Heap.Free(data);
    }
}

internal static unsafe class BadMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
