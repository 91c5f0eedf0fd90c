// weakness: CWE-761
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_33_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        for (; Marshal.ReadByte(alias) != 0; alias += 1)
        {
            if (Marshal.ReadByte(alias) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Heap.Free(alias);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        ref nint alias = ref data;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        nint cursor = alias;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Heap.Free(alias);
    }
}
