// weakness: CWE-590
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_44_StackallocHeapMalloc;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = BadSink;
        sink(data);
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
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(nint data)
    {
        Heap.Free(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
