// weakness: CWE-415
// variant: 43
// construct: ref parameter that a callee fills
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_43_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        BadSource(ref data);
        NativeMemory.AlignedFree(data);
        NativeMemory.AlignedFree(data);
    }

    private static void BadSource(ref byte* data)
    {
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
    }

    public static void GoodG2B()
    {
        byte* data = null;
        GoodG2BSource(ref data);
        NativeMemory.AlignedFree(data);
    }

    private static void GoodG2BSource(ref byte* data)
    {
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
    }

    public static void GoodB2G()
    {
        byte* data = null;
        GoodB2GSource(ref data);
        NativeMemory.AlignedFree(data);
        // released already
        Io.PrintLine("nothing to do");
    }

    private static void GoodB2GSource(ref byte* data)
    {
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
    }
}
