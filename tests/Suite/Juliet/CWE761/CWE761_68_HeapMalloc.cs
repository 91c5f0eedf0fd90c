// weakness: CWE-761
// variant: 68
// construct: static field of another class
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_68_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        BadPlace.Data = data;
        BadPlace.BadSink();
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GPlace.Data = data;
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static nint Data = 0;

    public static void BadSink()
    {
        nint data = Data;
        Data = 0;
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

internal static unsafe class GoodB2GPlace
{
    internal static nint Data = 0;

    public static void GoodB2GSink()
    {
        nint data = Data;
        Data = 0;
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
