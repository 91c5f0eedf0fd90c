// weakness: CWE-415
// variant: 41
// construct: argument
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_41_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
        BadSink(data);
    }

    private static void BadSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        GoodG2BSink(data);
    }

    private static void GoodG2BSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
        GoodB2GSink(data);
    }

    private static void GoodB2GSink(byte* data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
