// weakness: CWE-762
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_12_NativeMemoryToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            NativeMemory.AlignedFree(data);
        }
        else
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        else
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            NativeMemory.AlignedFree(data);
        }
        else
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            NativeMemory.Free(data);
        }
        else
        {
            NativeMemory.Free(data);
        }
    }
}
