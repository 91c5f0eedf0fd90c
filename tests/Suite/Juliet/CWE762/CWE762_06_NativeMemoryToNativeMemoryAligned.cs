// weakness: CWE-762
// variant: 06
// construct: private const int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_06_NativeMemoryToNativeMemoryAligned;

internal static unsafe class Case
{
    private const int Five = 5;

    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Five == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.Free(data);
        }
    }
}
