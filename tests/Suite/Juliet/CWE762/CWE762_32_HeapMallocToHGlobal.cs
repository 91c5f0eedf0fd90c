// weakness: CWE-762
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_32_HeapMallocToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Heap.Malloc(100);
            Marshal.WriteByte(inner, (byte)'A');
            *first = inner;
        }
        {
            nint inner = *second;
            Marshal.FreeHGlobal(inner);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(inner, (byte)'A');
            *first = inner;
        }
        {
            nint inner = *second;
            Marshal.FreeHGlobal(inner);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Heap.Malloc(100);
            Marshal.WriteByte(inner, (byte)'A');
            *first = inner;
        }
        {
            nint inner = *second;
            Heap.Free(inner);
        }
    }
}
