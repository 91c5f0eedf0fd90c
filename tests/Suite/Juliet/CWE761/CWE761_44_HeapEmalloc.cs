// weakness: CWE-761
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_44_HeapEmalloc;

internal static unsafe class Case
{
    private delegate void Sink(nint data);

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(nint data)
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

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(nint data)
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
