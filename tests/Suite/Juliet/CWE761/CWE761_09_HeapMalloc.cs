// weakness: CWE-761
// variant: 09
// construct: read-only field of another class
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_09_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
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
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
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
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyFalse)
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
