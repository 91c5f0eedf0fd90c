// weakness: CWE-762
// variant: 43
// construct: ref parameter that a callee fills
using System.Runtime.InteropServices;

namespace Cases.CWE762_43_NativeMemoryZeroedToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        BadSource(ref data);
        NativeMemory.AlignedFree(data);
    }

    private static void BadSource(ref byte* data)
    {
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
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
        NativeMemory.Free(data);
    }

    private static void GoodB2GSource(ref byte* data)
    {
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
    }
}
