// weakness: CWE-761
// variant: 45
// construct: private static field
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_45_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        s_BadData = data;
        BadSink();
    }

    private static nint s_BadData = 0;

    private static void BadSink()
    {
        nint data = s_BadData;
        s_BadData = 0;
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

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        s_GoodB2GData = data;
        GoodB2GSink();
    }

    private static nint s_GoodB2GData = 0;

    private static void GoodB2GSink()
    {
        nint data = s_GoodB2GData;
        s_GoodB2GData = 0;
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
