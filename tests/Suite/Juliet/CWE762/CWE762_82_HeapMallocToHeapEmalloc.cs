// weakness: CWE-762
// variant: 82
// construct: interface call
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_82_HeapMallocToHeapEmalloc;

internal static unsafe class Case
{
    internal interface ISink
    {
        void Take(nint data);
    }

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.ISink sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.ISink sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.ISink sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.ISink
{
    public void Take(nint data)
    {
        Heap.Efree(data);
    }
}

internal sealed unsafe class GoodG2BSink : Case.ISink
{
    public void Take(nint data)
    {
        Heap.Efree(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.ISink
{
    public void Take(nint data)
    {
        Heap.Free(data);
    }
}
