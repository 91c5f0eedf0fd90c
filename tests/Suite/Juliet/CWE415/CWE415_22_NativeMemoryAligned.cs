// weakness: CWE-415
// variant: 22
// construct: static flag of another class that a callee tests
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_22_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
        BadFlags.Set = true;
        BadFlags.BadSink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        GoodG2BFlags.Set = true;
        GoodG2BFlags.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
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
            NativeMemory.AlignedFree(data);
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
            NativeMemory.AlignedFree(data);
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
            // released already
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
