// weakness: CWE-761
// variant: 63
// construct: variable passed by reference
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_63_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        BadSinks.BadSink(ref data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref nint reference)
    {
        nint data = reference;
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
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref nint reference)
    {
        nint data = reference;
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
