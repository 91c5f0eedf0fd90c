// weakness: CWE-762
// variant: 08
// construct: private method that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_08_NativeMemoryAlignedToNativeMemory;

internal static unsafe class Case
{
    private static bool Yes() => true;

    private static bool No()
    {
        return false;
    }

    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Yes())
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Yes())
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Yes())
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Yes())
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Yes())
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.AlignedFree(data);
        }
    }
}
