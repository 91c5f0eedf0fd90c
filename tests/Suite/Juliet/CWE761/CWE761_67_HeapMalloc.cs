// weakness: CWE-761
// variant: 67
// construct: structure
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_67_HeapMalloc;

internal static unsafe class Case
{
    internal struct Container
    {
        public nint Field;
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Container container = default;
        container.Field = data;
        BadSinks.BadSink(container);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Container container = default;
        container.Field = data;
        GoodB2GSinks.GoodB2GSink(container);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(Case.Container container)
    {
        nint data = container.Field;
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
    public static void GoodB2GSink(Case.Container container)
    {
        nint data = container.Field;
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
