// weakness: CWE-416
// variant: 16
// construct: while (true) with break
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_16_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
            break;
        }
        while (true)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            break;
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            break;
        }
        while (true)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Heap.Efree(data);
            break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
            break;
        }
        while (true)
        {
            // not used any more
            Io.PrintLine("nothing to do");
            break;
        }
    }
}
