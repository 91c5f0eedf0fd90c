// weakness: CWE-401
// variant: 03
// construct: if (5 == 5)
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE401_03_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        nint data = 0;
        if (5 == 5)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (5 == 5)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (5 == 5)
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (5 == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (5 != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (5 == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (5 == 5)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (5 == 5)
        {
            Heap.Free(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (5 == 5)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data));
        }
        if (5 != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Heap.Free(data);
        }
    }
}
