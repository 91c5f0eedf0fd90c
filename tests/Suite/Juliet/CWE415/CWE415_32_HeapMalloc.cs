// weakness: CWE-415
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE415_32_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Heap.Malloc(100);
            Marshal.WriteByte(inner, (byte)'A');
            Heap.Free(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            Heap.Free(inner);
        }
    }

    public static void GoodG2B()
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

    public static void GoodB2G()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Heap.Malloc(100);
            Marshal.WriteByte(inner, (byte)'A');
            Heap.Free(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
