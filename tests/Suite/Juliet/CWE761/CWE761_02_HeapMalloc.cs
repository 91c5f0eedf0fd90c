// weakness: CWE-761
// variant: 02
// construct: if (true)
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_02_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (true)
        {
            for (; Marshal.ReadByte(data) != 0; data += 1)
            {
                if (Marshal.ReadByte(data) == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            Heap.Free(data);
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
            nint cursor = data;
            for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
            {
                if (Marshal.ReadByte(cursor) == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
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
            nint cursor = data;
            for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
            {
                if (Marshal.ReadByte(cursor) == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            Heap.Free(data);
        }
    }
}
