// weakness: CWE-401
// variant: 22
// construct: static flag of another class that a callee tests
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_22_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        BadFlags.Set = true;
        BadFlags.BadSink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        GoodG2BFlags.Set = true;
        GoodG2BFlags.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        GoodB2GFlags.Set = true;
        GoodB2GFlags.GoodB2GSink(data);
    }
}

internal static unsafe class BadFlags
{
    internal static bool Set;

    public static void BadSink(byte* data)
    {
        if (Set)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
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

    public static void GoodG2BSink(byte* data)
    {
        if (Set)
        {
            Io.PrintLine("nothing to do");
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

    public static void GoodB2GSink(byte* data)
    {
        if (Set)
        {
            NativeMemory.Free(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
