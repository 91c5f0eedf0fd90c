// weakness: CWE-762
// variant: 06
// construct: private const int
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE762_06_HeapMallocToHGlobal;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five == 5)
        {
            Heap.Free(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Five == 5)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Heap.Free(data);
        }
    }
}
