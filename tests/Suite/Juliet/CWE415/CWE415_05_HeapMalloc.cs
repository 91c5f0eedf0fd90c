// weakness: CWE-415
// variant: 05
// construct: private static bool
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE415_05_HeapMalloc;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE006
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
        }
        if (s_yes)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Heap.Free(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
        }
        if (s_yes)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Free(data);
        }
        if (s_no)
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
