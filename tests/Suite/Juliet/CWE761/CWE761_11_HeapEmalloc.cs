// weakness: CWE-761
// variant: 11
// construct: method of another class that returns a constant
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_11_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
        {
            for (; Marshal.ReadByte(data) != 0; data += 1)
            {
                if (Marshal.ReadByte(data) == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            Heap.Efree(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsTrue())
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
            Heap.Efree(data);
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReturnsTrue())
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReturnsFalse())
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
            Heap.Efree(data);
        }
    }
}
