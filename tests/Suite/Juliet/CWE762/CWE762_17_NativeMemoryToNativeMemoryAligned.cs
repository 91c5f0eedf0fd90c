// weakness: CWE-762
// variant: 17
// construct: for, once
using System.Runtime.InteropServices;

namespace Cases.CWE762_17_NativeMemoryToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        for (int i = 0; i < 1; i++)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        for (int i = 0; i < 1; i++)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        for (int i = 0; i < 1; i++)
        {
            NativeMemory.Free(data);
        }
    }
}
