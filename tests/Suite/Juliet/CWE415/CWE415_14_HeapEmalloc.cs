// weakness: CWE-415
// variant: 14
// construct: static number of another class
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE415_14_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (Globals.Five == 5)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Heap.Efree(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (Globals.Five == 5)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (Globals.Five == 5)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (Globals.Five != 5)
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
