// weakness: CWE-416
// variant: 05
// construct: private static bool
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_05_HeapEmalloc;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE007
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (s_yes)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Heap.Efree(data);
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
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_yes)
        {
            Io.PrintByte(Marshal.ReadByte(data));
            Heap.Efree(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (s_yes)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (s_yes)
        {
            data = Heap.Emalloc(100);
            Marshal.WriteByte(data, (byte)'A');
            Heap.Efree(data);
        }
        if (s_no)
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
