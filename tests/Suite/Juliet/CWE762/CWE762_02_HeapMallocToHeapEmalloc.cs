// weakness: CWE-762
// variant: 02
// construct: if (true)
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE762_02_HeapMallocToHeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (true)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (true)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (true)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (true)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (true)
        {
            Heap.Free(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Heap.Free(data);
        }
    }
}
