// weakness: CWE-416
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_32_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Heap.Emalloc(100);
            Marshal.WriteByte(inner, (byte)'A');
            Heap.Efree(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            Io.PrintByte(Marshal.ReadByte(inner));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Heap.Emalloc(100);
            Marshal.WriteByte(inner, (byte)'A');
            *first = inner;
        }
        {
            nint inner = *second;
            Io.PrintByte(Marshal.ReadByte(inner));
            Heap.Efree(inner);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Heap.Emalloc(100);
            Marshal.WriteByte(inner, (byte)'A');
            Heap.Efree(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
