// weakness: CWE-762
// variant: 31
// construct: copies
using System.Runtime.InteropServices;

namespace Cases.CWE762_31_NativeMemoryZeroedToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        NativeMemory.AlignedFree(last);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        NativeMemory.AlignedFree(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        NativeMemory.Free(last);
    }
}
