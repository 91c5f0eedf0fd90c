// weakness: CWE-415
// variant: 09
// construct: read-only field of another class
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE415_09_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (Globals.ReadOnlyTrue)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.ReadOnlyTrue)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (Globals.ReadOnlyTrue)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.ReadOnlyTrue)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
