// weakness: CWE-762
// variant: 02
// construct: if (true)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_02_NativeMemoryAlignedToNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        if (true)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (true)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (true)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (true)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (true)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (true)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (true)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (true)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.AlignedFree(data);
        }
    }
}
