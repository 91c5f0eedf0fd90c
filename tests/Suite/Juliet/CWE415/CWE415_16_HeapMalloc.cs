// weakness: CWE-415
// variant: 16
// construct: while (true) with break
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE415_16_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
            break;
        }
        while (true)
        {
            Heap.Free(data);
            break;
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            break;
        }
        while (true)
        {
            Heap.Free(data);
            break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
            break;
        }
        while (true)
        {
            // released already
            Io.PrintLine("nothing to do");
            break;
        }
    }
}
