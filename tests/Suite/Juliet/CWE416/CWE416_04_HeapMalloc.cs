// weakness: CWE-416
// variant: 04
// construct: private const bool
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_04_HeapMalloc;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (Yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
        }
        if (Yes)
        {
            Io.PrintByte(Marshal.ReadByte(data));
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
            Io.PrintByte(Marshal.ReadByte(data));
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
            Io.PrintByte(Marshal.ReadByte(data));
            Heap.Free(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
        }
        if (Yes)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
        }
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
