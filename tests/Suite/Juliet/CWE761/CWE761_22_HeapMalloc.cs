// weakness: CWE-761
// variant: 22
// construct: static flag of another class that a callee tests
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_22_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        BadFlags.Set = true;
        BadFlags.BadSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GFlags.Set = true;
        GoodB2GFlags.GoodB2GSink(data);
    }
}

internal static unsafe class BadFlags
{
    internal static bool Set;

    public static void BadSink(nint data)
    {
        if (Set)
        {
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
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}

internal static unsafe class GoodB2GFlags
{
    internal static bool Set;

    public static void GoodB2GSink(nint data)
    {
        if (Set)
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
            Heap.Free(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
