// weakness: CWE-762
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;

namespace Cases.CWE762_01_NativeMemoryToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
    }
}
