// weakness: CWE-761
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_42_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = BadSource();
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

    private static nint BadSource()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }

    public static void GoodB2G()
    {
        nint data = GoodB2GSource();
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

    private static nint GoodB2GSource()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
