// weakness: CWE-590
// variant: 31
// construct: copies
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_31_StackallocHeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        nint copy = data;
        nint last = copy;
        Heap.Free(last);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        nint copy = data;
        nint last = copy;
        Heap.Free(last);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        nint copy = data;
        nint last = copy;
        Io.PrintByte(Marshal.ReadByte(last));
    }
}
