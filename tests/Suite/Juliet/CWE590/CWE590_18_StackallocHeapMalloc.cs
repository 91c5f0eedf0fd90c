// weakness: CWE-590
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_18_StackallocHeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        goto source;
        source:
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Heap.Free(data);
    }

    public static void GoodG2B()
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

    public static void GoodB2G()
    {
        nint data = 0;
        goto source;
        source:
        byte* buffer = stackalloc byte[100];
        data = (nint)buffer;
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
