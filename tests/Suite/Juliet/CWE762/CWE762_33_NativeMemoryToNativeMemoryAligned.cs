// weakness: CWE-762
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;

namespace Cases.CWE762_33_NativeMemoryToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(alias);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        NativeMemory.AlignedFree(alias);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(alias);
    }
}
