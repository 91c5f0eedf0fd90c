// weakness: CWE-762
// variant: 17
// construct: for, once
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_17_HeapMallocToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.AllocHGlobal(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        for (int i = 0; i < 1; i++)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        for (int i = 0; i < 1; i++)
        {
            Heap.Free(data);
        }
    }
}
