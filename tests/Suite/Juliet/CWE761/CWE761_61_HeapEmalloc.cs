// weakness: CWE-761
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_61_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = BadMaker.Make();
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
        nint data = GoodB2GMaker.Make();
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

internal static unsafe class BadMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static nint Make()
    {
        nint data = 0;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        return data;
    }
}
