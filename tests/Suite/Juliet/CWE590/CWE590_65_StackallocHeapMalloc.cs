// weakness: CWE-590
// variant: 65
// construct: delegate to another class's function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_65_StackallocHeapMalloc;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = BadSinks.BadSink;
        sink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodG2BSinks.GoodG2BSink;
        sink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodB2GSinks.GoodB2GSink;
        sink(data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(nint data)
    {
        Heap.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(nint data)
    {
        Heap.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
