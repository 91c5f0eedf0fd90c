// weakness: CWE-762
// variant: 65
// construct: delegate to another class's function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_65_HeapMallocToHGlobal;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = BadSinks.BadSink;
        sink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodG2BSinks.GoodG2BSink;
        sink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodB2GSinks.GoodB2GSink;
        sink(data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(nint data)
    {
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(nint data)
    {
        Heap.Free(data);
    }
}
