// weakness: CWE-762
// variant: 09
// construct: read-only field of another class
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE762_09_HeapEmallocToHeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Heap.Free(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Heap.Efree(data);
        }
    }
}
