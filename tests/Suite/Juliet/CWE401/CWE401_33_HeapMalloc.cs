// weakness: CWE-401
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE401_33_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        Heap.Free(alias);
    }
}
