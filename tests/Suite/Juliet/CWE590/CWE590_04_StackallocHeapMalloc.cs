// weakness: CWE-590
// variant: 04
// construct: private const bool
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_04_StackallocHeapMalloc;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (Yes)
        {
            byte* buffer = stackalloc byte[100];
            data = (nint)buffer;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Heap.Free(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Yes)
        {
            byte* buffer = stackalloc byte[100];
            data = (nint)buffer;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Yes)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Yes)
        {
            byte* buffer = stackalloc byte[100];
            data = (nint)buffer;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
