// weakness: CWE-416
// variant: 22
// construct: static flag of another class that a callee tests
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE416_22_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
        BadFlags.Set = true;
        BadFlags.BadSink(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BFlags.Set = true;
        GoodG2BFlags.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        Heap.Free(data);
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
            Io.PrintByte(Marshal.ReadByte(data));
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}

internal static unsafe class GoodG2BFlags
{
    internal static bool Set;

    public static void GoodG2BSink(nint data)
    {
        if (Set)
        {
            Io.PrintByte(Marshal.ReadByte(data));
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
            // not used any more
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
