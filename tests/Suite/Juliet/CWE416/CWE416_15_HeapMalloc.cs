// weakness: CWE-416
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_15_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Heap.Malloc(100);
                Marshal.WriteByte(data, (byte)'A');
                Heap.Free(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(Marshal.ReadByte(data));
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Heap.Malloc(100);
                Marshal.WriteByte(data, (byte)'A');
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(Marshal.ReadByte(data));
                Heap.Free(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                data = Heap.Malloc(100);
                Marshal.WriteByte(data, (byte)'A');
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(Marshal.ReadByte(data));
                Heap.Free(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Heap.Malloc(100);
                Marshal.WriteByte(data, (byte)'A');
                Heap.Free(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                // not used any more
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        switch (6)
        {
            case 6:
                data = Heap.Malloc(100);
                Marshal.WriteByte(data, (byte)'A');
                Heap.Free(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                // not used any more
                Io.PrintLine("nothing to do");
                break;
        }
    }
}
